import 'server-only'
import { accepted, type Result } from '@/lib/domain/core/result'
import { Count, CountRead, type SentEntry, UnknownEntries } from '@/lib/domain/counts/count'
import type { CountDecision, StartOfCount } from '@/lib/domain/counts/count-request'
import { outcome } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'
import type { Json } from '@/supabase/database.types'

/** A count with its lines; refused when there is none. */
export async function readCount(id: string): Promise<Result<CountRead>> {
  const client = await sessionClient()
  const read = outcome('read_count', await client.rpc('read_count', { count_id: id }))
  return read.ok ? accepted(CountRead.parse(read.data)) : read
}

export async function startCount({ category, shelf, blind, ...start }: StartOfCount): Promise<Result<Count>> {
  const client = await sessionClient()
  const started = outcome(
    'start_count',
    await client.rpc('start_count', {
      ...start,
      blind: blind === 'on',
      ...(category && { category }),
      ...(shelf && { shelf }),
    }),
  )
  return started.ok ? accepted(Count.parse(started.data)) : started
}

/** Adds what was found. Answers with the ids of entries whose code nobody knows. */
export async function recordCount(
  id: string,
  entries: readonly SentEntry[],
): Promise<Result<UnknownEntries>> {
  const client = await sessionClient()
  const recorded = outcome(
    'record_count',
    await client.rpc('record_count', { count_id: id, entries: entries as unknown as Json }),
  )
  return recorded.ok ? accepted(UnknownEntries.parse(recorded.data)) : recorded
}

/** Says whether a movement close to a count had happened when the shelf was looked at. */
export async function answerCount(
  id: string,
  movementId: number,
  hadHappened: boolean,
): Promise<Result<unknown>> {
  const client = await sessionClient()
  const answer = await client.rpc('answer_count', {
    count_id: id,
    movement_id: movementId,
    had_happened: hadHappened,
  })
  return outcome('answer_count', { ...answer, data: answer.error ? null : true })
}

export async function decideCount({
  count_id,
  decision,
  left_out,
  idempotency_key,
}: CountDecision): Promise<Result<unknown>> {
  const client = await sessionClient()
  const key = { count_id, idempotency_key }
  if (decision === 'approve')
    return outcome('approve_count', await client.rpc('approve_count', { ...key, left_out }))
  if (decision === 'reverse') return outcome('reverse_count', await client.rpc('reverse_count', key))
  return outcome('abandon_count', await client.rpc('abandon_count', key))
}
