'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { invalidInput, type Refusal } from '@/lib/domain/core/refusal'
import { type Result, refused } from '@/lib/domain/core/result'
import type { CountRead, SentEntry } from '@/lib/domain/counts/count'
import {
  CountDecision,
  PostedAnswer,
  PostedEntry,
  SentEntries,
  StartOfCount,
} from '@/lib/domain/counts/count-request'
import { fieldsIn } from '@/lib/domain/stock/stock-request'
import { answerCount, decideCount, readCount, recordCount, startCount } from '@/lib/server/counts/counts'
import { backToPage } from '@/lib/server/http/back-to-page'
import { staffDoor } from '@/lib/server/session/doors'

// Calls answer with the count as it is then; posts, for a form without JavaScript, lead to the page that shows it.

/** Leads to the count it opens. */
export async function postCount(form: FormData): Promise<void> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return backToPage(door)
  const start = StartOfCount.safeParse(fieldsIn(form))
  const started = start.success ? await startCount(start.data) : refused(invalidInput(start.error))
  if (started.ok) redirect(`/staff/counts/${started.data.id}` as Route)
  await backToPage(started)
}

/** The count as it is now. */
export async function lookAtCount(id: string): Promise<Result<CountRead>> {
  const door = await staffDoor('viewer')
  if (!door.ok) return door
  const asked = z.guid().safeParse(id)
  return asked.success ? readCount(asked.data) : refused(invalidInput(asked.error))
}

/** Adds entries of one device; `unknown` are those whose code nobody knows. Each id counts once. */
export async function record(
  id: string,
  entries: readonly SentEntry[],
): Promise<{ unknown: string[]; answer: Result<CountRead> }> {
  const door = await staffDoor('stock')
  if (!door.ok) return { unknown: [], answer: door }
  const sent = z.object({ id: z.guid(), entries: SentEntries }).safeParse({ id, entries })
  if (!sent.success) return { unknown: [], answer: refused(invalidInput(sent.error)) }
  const recorded = await recordCount(sent.data.id, sent.data.entries)
  return recorded.ok
    ? { unknown: recorded.data, answer: await readCount(sent.data.id) }
    : { unknown: [], answer: recorded }
}

export async function postEntry(form: FormData): Promise<void> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return backToPage(door)
  const entry = PostedEntry.safeParse(fieldsIn(form))
  if (!entry.success) return backToPage(refused(invalidInput(entry.error)))
  const { count_id, code, units, rendered_at, idempotency_key } = entry.data
  const began_ms = Math.max(0, Math.round(Date.now() - rendered_at))
  const found = { id: idempotency_key, code, units, began_ms, ended_ms: 0, withdrawn: false }
  const recorded = await recordCount(count_id, [found])
  const isUnknown = recorded.ok && recorded.data.length > 0
  await backToPage(isUnknown ? refused(unknownCode(code)) : recorded)
}

export async function answer(form: FormData): Promise<Result<CountRead>> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const said = PostedAnswer.safeParse(fieldsIn(form))
  if (!said.success) return refused(invalidInput(said.error))
  const { count_id, movement_id, had_happened } = said.data
  const answered = await answerCount(count_id, movement_id, had_happened === 'yes')
  return answered.ok ? readCount(count_id) : answered
}

export async function postAnswer(form: FormData): Promise<void> {
  await backToPage(await answer(form))
}

export async function decide(form: FormData): Promise<Result<CountRead>> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const decision = CountDecision.safeParse({ ...fieldsIn(form), left_out: form.getAll('left_out') })
  if (!decision.success) return refused(invalidInput(decision.error))
  const decided = await decideCount(decision.data)
  return decided.ok ? readCount(decision.data.count_id) : decided
}

export async function postDecision(form: FormData): Promise<void> {
  await backToPage(await decide(form))
}

function unknownCode(code: string): Refusal {
  const problem = 'no variant has this SKU or barcode'
  return { code: 'invalid_input', detail: { field: 'code', problem, value: code } }
}
