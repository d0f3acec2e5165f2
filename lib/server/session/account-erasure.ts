import 'server-only'
import type { Refusal } from '@/lib/domain/core/refusal'
import { accepted, dataOrThrow, type Result } from '@/lib/domain/core/result'
import { ErasedAccount } from '@/lib/domain/people/account-erasure'
import { outcome } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** Deletes the account of the signed-in person. The database does it alone: every Supabase lets its owner delete accounts. */
export async function eraseOwnAccount(idempotency_key: string): Promise<Result<ErasedAccount, Refusal>> {
  const client = await sessionClient()
  const erased = outcome('erase_account', await client.rpc('erase_account', { idempotency_key }))
  return erased.ok ? accepted(ErasedAccount.parse(erased.data)) : erased
}

/** Everything that the shop keeps about the signed-in person, and that erasing would take away. */
export async function exportOwnAccount(): Promise<unknown> {
  return dataOrThrow(
    'export_account',
    outcome('export_account', await (await sessionClient()).rpc('export_account')),
  )
}
