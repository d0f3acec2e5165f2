import 'server-only'
import { accepted, type Result } from '@/lib/domain/core/result'
import { outcome } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { networkArgument } from './client-network'

/** The requests limited here. Cart and order writes are limited in the call that changes them. */
export type LimitedAction =
  | 'pay'
  | 'sign_in'
  | 'sign_up'
  | 'link'
  | 'join'
  | 'mail_link'
  | 'account'
  | 'agent'

/**
 * Whether this request may pass: counted for its network and, where the caller is known, for the guest (by their token) or
 * the account (by its id). The counts are in the database, so every server of the shop asks the same ones.
 */
export async function takeTurn(action: LimitedAction, guest: string | null = null): Promise<Result<null>> {
  const taken = outcome(
    'take_turn',
    await secretClient().rpc('take_turn', {
      kind: action,
      ...(guest ? { guest } : {}),
      ...(await networkArgument()),
    }),
  )
  return taken.ok ? accepted(null) : taken
}
