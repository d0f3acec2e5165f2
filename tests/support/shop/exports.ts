import { randomUUID } from 'node:crypto'
import { createClient } from '@supabase/supabase-js'
import type { Sql } from 'postgres'
import { csvLines } from '@/lib/domain/exports/csv'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { readTable } from '@/lib/domain/imports/reading/text/records'
import { rearmed } from '@/lib/domain/text/formula'
import { catalogueCsv } from '@/lib/server/exports/exports'
import { applyImport, previewImport, stageImport } from '@/lib/server/imports/imports'
import type { Database } from '@/supabase/database.types'
import { aLocation } from './imports'

export const client = createClient<Database>(
  process.env.NEXT_PUBLIC_SUPABASE_URL ?? '',
  process.env.SUPABASE_SECRET_KEY ?? '',
  { auth: { persistSession: false, autoRefreshToken: false } },
)

const bytes = (text: string) => new TextEncoder().encode(text)

/** The file of products as it is now. */
export const exported = () => whole(catalogueCsv(client))

export async function whole(file: AsyncGenerator<string>): Promise<string> {
  const chunks: string[] = []
  for await (const chunk of file) chunks.push(chunk)
  return chunks.join('')
}

/** The lines of a file about products that `isMine`: what other tests leave in the catalogue need not be sound. */
export function linesOf(file: string, isMine: (handle: string) => boolean): Uint8Array {
  const table = readTable(bytes(file))
  if (!table.ok) throw new Error('the export is no CSV', { cause: table.error })
  const heading = table.data.heading.cells
  const lines = table.data.records.map(({ cells }) => cells)
  return bytes(csvLines([heading, ...lines.filter(([handle]) => isMine(handle ?? '')).map(asRead)]))
}

/** Cells as whoever opens the file reads them: written again, they are disarmed again. */
const asRead = (cells: string[]) => cells.map(rearmed)

/** Stages the products of a file that `isMine`, and says what importing them would change. */
export async function differences(sql: Sql, file: string, isMine: (handle: string) => boolean) {
  const read = parseCatalogue(linesOf(file, isMine), 'EUR')
  if (!read.ok) throw new Error('the export cannot be read', { cause: read.error })
  const { products } = read.data
  const staged = await stageImport(client, {
    fileName: 'products.csv',
    content: read,
    locationId: await aLocation(sql),
    idempotencyKey: randomUUID(),
  })
  if (!staged.ok) throw new Error('staging was refused', { cause: staged.error })
  const preview = await previewImport(client, staged.data.id)
  if (!preview.ok) throw new Error('no preview', { cause: preview.error })
  const { changes, conflicts } = preview.data
  return { handles: products.map(({ handle }) => handle), changes, conflicts }
}

/** Imports a file: the handles of its products. */
export async function imported(sql: Sql, file: Uint8Array): Promise<string[]> {
  const read = parseCatalogue(file, 'EUR')
  if (!read.ok) throw new Error('the file was refused', { cause: read.error })
  const staged = await stageImport(client, {
    fileName: 'file.csv',
    content: read,
    locationId: await aLocation(sql),
    idempotencyKey: randomUUID(),
  })
  if (!staged.ok || !(await applyImport(client, staged.data.id, randomUUID())).ok) throw new Error('refused')
  return read.data.products.map(({ handle }) => handle)
}
