'use server'

import type { Route } from 'next'
import { refresh, updateTag } from 'next/cache'
import { redirect } from 'next/navigation'
import { ConfirmRequest, UploadRequest } from '@/lib/domain/import/request'
import { invalidInput, type Refusal } from '@/lib/domain/refusal'
import { cacheTags } from '@/lib/server/cache-tags'
import { type FileRefusal, uploadImport } from '@/lib/server/import-upload'
import { applyImport, discardImport } from '@/lib/server/imports'
import { sessionClient } from '@/lib/server/supabase'

// A form each, so that all of it works without JavaScript. What went well leads to the import's page.

/** Why a file was not taken. */
export async function upload(
  _last: Refusal | FileRefusal | null,
  form: FormData,
): Promise<Refusal | FileRefusal> {
  const request = UploadRequest.safeParse(Object.fromEntries(form))
  if (!request.success) return invalidInput(request.error)
  const uploaded = await uploadImport(request.data)
  if (!uploaded.ok) return uploaded.error
  redirect(`/staff/import/${uploaded.data.id}` as Route)
}

/** Why nothing was imported. */
export async function confirm(_last: Refusal | null, form: FormData): Promise<Refusal> {
  const request = ConfirmRequest.safeParse(Object.fromEntries(form))
  if (!request.success) return invalidInput(request.error)
  const { import_id, idempotency_key, seen } = request.data
  const applied = await applyImport(await sessionClient(), import_id, idempotency_key, seen)
  if (!applied.ok) {
    // What was shown is no longer what would happen: show that.
    refresh()
    return applied.error
  }
  updateTag(cacheTags.catalog)
  redirect(`/staff/import/${import_id}` as Route)
}

export async function discard(form: FormData): Promise<void> {
  const request = ConfirmRequest.pick({ import_id: true }).parse(Object.fromEntries(form))
  await discardImport(await sessionClient(), request.import_id)
  redirect('/staff/import')
}
