import 'server-only'
import { accepted, type Result } from '@/lib/domain/core/result'
import { DiscardedImport, ImportPreview, ImportRecord } from '@/lib/domain/imports/preview'
import { type ImportProblem, problemsByKind } from '@/lib/domain/imports/problem'
import type { ParsedFile } from '@/lib/domain/imports/reading/parse-file'
import type { StagedLevel } from '@/lib/domain/imports/reading/parse-inventory'
import type { AskAnswer, ImportAnswer } from '@/lib/domain/imports/request'
import type { StagedAsk, StagedProduct } from '@/lib/domain/imports/staged-product'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import type { Supabase } from '@/lib/server/platform/supabase'

// The database calls of an import, for the staff page (a manager's session) and the command (the secret key).

/** Batches small enough that progress moves and no request is long. */
const BATCH = 250

/** The currency of every price of the shop, ISO 4217. */
export async function shopCurrency(client: Supabase): Promise<string> {
  const rows = rowsOrThrow('shop_settings', await client.from('shop_settings').select('currency').limit(1))
  const [settings] = rows
  if (!settings) throw new Error('shop_settings has no row')
  return settings.currency
}

export interface ImportFile {
  fileName: string
  /** The file's text, or why it cannot be read. */
  content: Result<ParsedFile, ImportProblem[]>
  /** Whose the quantities of a product file are. Null: the first location by position. */
  locationId: string | null
  idempotencyKey: string
}

/**
 * Stages a file; nothing of the catalogue changes yet. One that cannot be read is kept with its problems and cannot be
 * applied. `onProgress` is told how many of the products or levels are staged.
 */
export async function stageImport(
  client: Supabase,
  { fileName, content, locationId, idempotencyKey }: ImportFile,
  onProgress: (staged: number) => void = () => undefined,
): Promise<Result<ImportRecord>> {
  const begun = outcome(
    'begin_import',
    await client.rpc('begin_import', {
      file_name: fileName,
      idempotency_key: idempotencyKey,
      ...(locationId ? { location_id: locationId } : {}),
      ...(content.ok
        ? {
            kind: content.data.kind,
            warnings: content.data.warnings,
            kept_columns: content.data.kind === 'products' ? content.data.keptColumns : [],
          }
        : { problems: problemsByKind(content.error) }),
    }),
  )
  if (!begun.ok) return begun
  const record = ImportRecord.parse(begun.data)

  const staged = content.ok ? await stageContent(client, record.id, content.data, onProgress) : null
  return staged?.ok === false ? staged : accepted(record)
}

async function stageContent(
  client: Supabase,
  importId: string,
  content: ParsedFile,
  onProgress: (staged: number) => void,
): Promise<Result<unknown>> {
  const batches =
    content.kind === 'products'
      ? batchesOf(content.products).map((products) => () => stageProducts(client, importId, products))
      : batchesOf(content.levels).map((levels) => () => stageLevels(client, importId, levels))
  for (const [index, stage] of batches.entries()) {
    const staged = await stage()
    if (!staged.ok) return staged
    onProgress((index + 1) * BATCH)
  }
  return accepted(null)
}

async function stageProducts(client: Supabase, importId: string, products: StagedProduct[]) {
  const answer = await client.rpc('stage_import', { import_id: importId, products: products.map(toJson) })
  return outcome('stage_import', answer)
}

async function stageLevels(client: Supabase, importId: string, levels: StagedLevel[]) {
  const lines = levels.map((level) => ({ ...level, asks: level.asks.map(asJson) }))
  return outcome('stage_levels', await client.rpc('stage_levels', { import_id: importId, levels: lines }))
}

function batchesOf<Item>(items: Item[]): Item[][] {
  const count = Math.ceil(items.length / BATCH)
  return Array.from({ length: count }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH))
}

/** The changes an import would make or made: counts and the first rows. */
export async function previewImport(
  client: Supabase,
  importId: string,
  firstChanges = 200,
): Promise<Result<ImportPreview>> {
  const answer = await client.rpc('preview_import', { import_id: importId, first_changes: firstChanges })
  const answered = outcome('preview_import', answer)
  if (!answered.ok) return answered
  const preview = ImportPreview.parse(answered.data)
  return accepted({ ...preview, conflicts: problemsByKind(preview.conflicts) })
}

/** Applies it, once per key. With `seen`, the fingerprint of a preview, only if that is still the difference. */
export async function applyImport(
  client: Supabase,
  importId: string,
  idempotencyKey: string,
  seen?: string,
): Promise<Result<ImportRecord>> {
  const applied = outcome(
    'apply_import',
    await client.rpc('apply_import', {
      import_id: importId,
      idempotency_key: idempotencyKey,
      ...(seen === undefined ? {} : { seen }),
    }),
  )
  return applied.ok ? accepted(ImportRecord.parse(applied.data)) : applied
}

/** Says what to do with a line whose number moved since the export; without a line, with all of them. */
export async function answerImport(
  client: Supabase,
  { import_id, choice, line }: ImportAnswer,
): Promise<Result<unknown>> {
  const answer = await client.rpc('answer_import', { import_id, choice, ...(line && { line }) })
  return outcome('answer_import', { ...answer, data: answer.error ? null : true })
}

/** Answers a question about cells of a file, once for all of its kind. */
export async function answerAsks(
  client: Supabase,
  { import_id, kind, answer }: AskAnswer,
): Promise<Result<number>> {
  return outcome('answer_asks', await client.rpc('answer_asks', { import_id, kind, answer }))
}

/** Opens the import that takes an applied one back. It changes nothing until it is applied, as every import. */
export async function beginRevert(client: Supabase, importId: string): Promise<Result<ImportRecord>> {
  const begun = outcome('begin_revert', await client.rpc('begin_revert', { import_id: importId }))
  return begun.ok ? accepted(ImportRecord.parse(begun.data)) : begun
}

/** Throws a staged import away; false when there is nothing to throw away. */
export async function discardImport(client: Supabase, importId: string): Promise<Result<boolean>> {
  return outcome('discard_import', await client.rpc('discard_import', { import_id: importId }))
}

/** A recently discarded import; null when there is none with this id. */
export async function discardedImport(client: Supabase, importId: string): Promise<DiscardedImport | null> {
  const answer = await client
    .from('imports')
    .select()
    .eq('id', importId)
    .not('discarded_at', 'is', null)
    .limit(1)
  const [row] = rowsOrThrow('imports', answer)
  return row ? DiscardedImport.parse(row) : null
}

/** The latest imports, newest first: applied ones and those that wait for a decision. */
export async function recentImports(client: Supabase): Promise<ImportRecord[]> {
  const answer = await client
    .from('imports')
    .select()
    .is('discarded_at', null)
    .order('number', { ascending: false })
    .limit(20)
  return rowsOrThrow('imports', answer).map((row) => ImportRecord.parse(row))
}

/** An interface is not assignable to Json, an object type is: a copy makes it one. */
function toJson(product: StagedProduct) {
  return {
    ...product,
    media: product.media?.map((picture) => ({ ...picture })) ?? null,
    variants: product.variants.map((variant) => ({ ...variant })),
    asks: product.asks.map(asJson),
  }
}

function asJson(ask: StagedAsk) {
  return { ...ask, choices: { ...ask.choices } }
}
