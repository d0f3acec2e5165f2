'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { type Result, refused } from '@/lib/domain/core/result'
import type { CountRead, SentEntry, UnknownEntries } from '@/lib/domain/counts/count'
import {
  CountDecision,
  decisionFields,
  MovementAnswer,
  SentEntries,
  StartOfCount,
} from '@/lib/domain/counts/count-request'
import { invalidInput } from '@/lib/domain/forms/invalid-input'
import * as counts from '@/lib/server/counts/counts'
import { defineForm } from '@/lib/server/forms/define-form'
import { admitStaff } from '@/lib/server/session/admit'

/** Leads to the count it opens; refused, it answers why. */
export const startCount = defineForm({
  least: 'stock',
  schema: StartOfCount,
  async run(start): Promise<Result<unknown>> {
    const started = await counts.startCount(start)
    if (started.ok) redirect(`/staff/counts/${started.data.id}` as Route)
    return started
  },
})

/** Whether a movement had happened when the shelf was looked at. Answers with the count as it is then. */
export const answerMovement = defineForm({
  least: 'stock',
  schema: MovementAnswer,
  async run({ count_id, movement_id, had_happened }): Promise<Result<CountRead>> {
    const answered = await counts.answerCount(count_id, movement_id, had_happened === 'yes')
    return answered.ok ? counts.readCount(count_id) : answered
  },
})

/** Approves, reverses or abandons a count. Answers with the count as it is then. */
export const decideCount = defineForm({
  least: 'stock',
  schema: CountDecision,
  read: decisionFields,
  async run(decision): Promise<Result<CountRead>> {
    const decided = await counts.decideCount(decision)
    return decided.ok ? counts.readCount(decision.count_id) : decided
  },
})

/** The count as it is now. */
export async function readCount(id: string): Promise<Result<CountRead>> {
  const admitted = await admitStaff('viewer')
  if (!admitted.ok) return admitted
  const asked = z.guid().safeParse(id)
  return asked.success ? counts.readCount(asked.data) : refused(invalidInput(asked.error))
}

/** Adds entries of one device; `unknown` are those whose code no variant has, or several. Each id counts once. */
export async function recordEntries(
  id: string,
  entries: readonly SentEntry[],
): Promise<{ unknown: UnknownEntries; answer: Result<CountRead> }> {
  const admitted = await admitStaff('stock')
  if (!admitted.ok) return { unknown: [], answer: admitted }
  const sent = z.object({ id: z.guid(), entries: SentEntries }).safeParse({ id, entries })
  if (!sent.success) return { unknown: [], answer: refused(invalidInput(sent.error)) }
  const recorded = await counts.recordCount(sent.data.id, sent.data.entries)
  return recorded.ok
    ? { unknown: recorded.data, answer: await counts.readCount(sent.data.id) }
    : { unknown: [], answer: recorded }
}
