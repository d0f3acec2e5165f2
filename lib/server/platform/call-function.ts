import 'server-only'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import type { Database } from '@/supabase/database.types'
import { outcome } from './refusals'
import { sessionClient } from './supabase'

type Functions = Database['public']['Functions']

/** Calls a SQL function as the signed-in caller. Answers with what it returns, or why it refused. */
export async function callFunction<Name extends keyof Functions & string>(
  name: Name,
  args: Functions[Name]['Args'],
): Promise<Result<unknown, Refusal>> {
  const client = await sessionClient()
  return outcome<unknown>(name, await client.rpc(name, args))
}
