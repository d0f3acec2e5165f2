'use server'

import type { Route } from 'next'
import { refresh, updateTag } from 'next/cache'
import { redirect } from 'next/navigation'
import { readRequest } from '@/lib/domain/core/bad-request'
import type { Refusal } from '@/lib/domain/core/refusal'
import { ConfirmRequest, ImportAnswer, ImportNamed } from '@/lib/domain/imports/request'
import { answerImport, applyImport, beginRevert, discardImport } from '@/lib/server/imports/imports'
import { cacheTags } from '@/lib/server/platform/cache-tags'
import { sessionClient } from '@/lib/server/platform/supabase'
import { staffDoor } from '@/lib/server/session/doors'

// A form each, and each answers with a page: what a form returns is lost without JavaScript on prerendered pages
// (React cannot take up a form's state where it resumes one).

export async function confirm(form: FormData): Promise<never> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return show('/staff/import', door.error.code)
  const { import_id, idempotency_key, seen } = readRequest(ConfirmRequest, Object.fromEntries(form))
  const applied = await applyImport(await sessionClient(), import_id, idempotency_key, seen)
  if (!applied.ok) return show(`/staff/import/${import_id}`, applied.error.code)
  updateTag(cacheTags.catalog)
  return show(`/staff/import/${import_id}`)
}

/** Stays on the page, where the choice then shows; the others lead to one. */
export async function answerQuestion(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return show('/staff/import', door.error.code)
  const answer = readRequest(ImportAnswer, Object.fromEntries(form))
  const answered = await answerImport(await sessionClient(), answer)
  if (!answered.ok) return show(`/staff/import/${answer.import_id}`, answered.error.code)
  refresh()
}

/** Leads to the preview of taking it back: it is confirmed, or discarded, as every import. */
export async function revert(form: FormData): Promise<never> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return show('/staff/import', door.error.code)
  const { import_id } = readRequest(ImportNamed, Object.fromEntries(form))
  const begun = await beginRevert(await sessionClient(), import_id)
  if (!begun.ok) return show(`/staff/import/${import_id}`, begun.error.code)
  return show(`/staff/import/${begun.data.id}`)
}

export async function discard(form: FormData): Promise<never> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return show('/staff/import', door.error.code)
  const { import_id } = readRequest(ImportNamed, Object.fromEntries(form))
  const discarded = await discardImport(await sessionClient(), import_id)
  return show('/staff/import', discarded.ok ? undefined : discarded.error.code)
}

function show(page: string, refused?: Refusal['code']): never {
  redirect((refused ? `${page}?refused=${refused}` : page) as Route)
}
