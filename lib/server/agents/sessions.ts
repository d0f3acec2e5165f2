import 'server-only'
import { AgentSession } from '@/lib/domain/agents/session'
import { accepted, type Result } from '@/lib/domain/core/result'
import { outcome } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import type { Database, Json } from '@/supabase/database.types'
import { secretOf } from './caller'

type Functions = Database['public']['Functions']
type SessionCall = 'open_agent_session' | 'change_agent_session' | 'read_agent_session' | 'end_agent_session'

/** The secret of a session's cart. It follows from the session's, and from the shop's own. */
export const cartTokenOf = (id: string) => secretOf(`agent cart ${id}`)

/** Calls one of the SQL functions of sessions, each of which returns the session. */
async function call<Name extends SessionCall>(
  name: Name,
  args: Functions[Name]['Args'],
): Promise<Result<AgentSession>> {
  const called = outcome<unknown>(name, await secretClient().rpc(name, args))
  return called.ok ? accepted(AgentSession.parse(called.data)) : called
}

export const openSession = (args: {
  id: string
  agent: string
  network: string | null
  request: string
  choices: Record<string, unknown>
}) =>
  call('open_agent_session', {
    session_token: args.id,
    cart_token: cartTokenOf(args.id),
    agent: args.agent,
    network: args.network ?? '',
    request: args.request,
    choices: args.choices as Json,
  })

/** Replaces the choices, or notes the order that is placed next. With a key that was used it changes nothing. */
export const changeSession = (
  id: string,
  { key, request, ...change }: { key: string; request: string; choices?: Json; payment?: Json },
) => call('change_agent_session', { session_token: id, idempotency_key: key, request, ...change })

export const readSession = (id: string) => call('read_agent_session', { session_token: id })

export const endSession = (
  id: string,
  end: { status: 'cancelled' } | { status: 'completed'; order_id: string },
) => call('end_agent_session', { session_token: id, ...end })
