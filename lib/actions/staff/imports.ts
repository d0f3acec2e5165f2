'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import type { Result } from '@/lib/domain/core/result'
import { AskAnswer, ConfirmRequest, ImportAnswer, ImportNamed } from '@/lib/domain/imports/request'
import { defineForm } from '@/lib/server/forms/define-form'
import * as imports from '@/lib/server/imports/imports'
import { catalogueChanged } from '@/lib/server/pages/catalogue-changed'
import { sessionClient } from '@/lib/server/platform/supabase'

/** Applies the difference that was seen, and no other. */
export const applyImport = defineForm({
  least: 'manager',
  schema: ConfirmRequest,
  refreshes: true,
  async run({ import_id, idempotency_key, seen }): Promise<Result<unknown>> {
    const applied = await imports.applyImport(await sessionClient(), import_id, idempotency_key, seen)
    if (applied.ok) catalogueChanged()
    return applied
  },
})

/** The choice for a line whose number changed since the export, or for all such lines. */
export const answerImport = defineForm({
  least: 'manager',
  schema: ImportAnswer,
  refreshes: true,
  run: async (answer) => imports.answerImport(await sessionClient(), answer),
})

/** The answer to a question about cells of the file, for all of its kind. */
export const answerAsks = defineForm({
  least: 'manager',
  schema: AskAnswer,
  refreshes: true,
  run: async (answer) => imports.answerAsks(await sessionClient(), answer),
})

/** Leads to the preview of the revert, which is applied or discarded as every import. */
export const revertImport = defineForm({
  least: 'manager',
  schema: ImportNamed,
  async run({ import_id }): Promise<Result<unknown>> {
    const begun = await imports.beginRevert(await sessionClient(), import_id)
    if (begun.ok) redirect(`/staff/import/${begun.data.id}` as Route)
    return begun
  },
})

/** Leads to the list of imports. */
export const discardImport = defineForm({
  least: 'manager',
  schema: ImportNamed,
  async run({ import_id }): Promise<Result<unknown>> {
    const discarded = await imports.discardImport(await sessionClient(), import_id)
    if (discarded.ok) redirect('/staff/import')
    return discarded
  },
})
