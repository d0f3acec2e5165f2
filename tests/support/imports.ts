import { randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import { parseCatalogue } from '@/lib/domain/import/parse-catalogue'
import { ImportPreview } from '@/lib/domain/import/preview'
import { problemText } from '@/lib/domain/import/problem'
import { csv, type Line } from './catalogue-file'

type Database = Sql | TransactionSql

/** A place of its own for a file's quantities. */
export async function aLocation(sql: Database): Promise<string> {
  const id = randomUUID()
  await sql`insert into public.locations (id, slug, name, position) values (${id}, ${`place-${id}`}, 'Place', 95)`
  return id
}

/** The lines of a file, staged: the import's id. */
export async function staged(sql: Database, locationId: string, lines: Line[]): Promise<string> {
  const file = parseCatalogue(csv(lines), 'EUR')
  if (!file.ok) throw new Error(file.error.map(problemText).join('\n'))
  return stagedProducts(sql, locationId, file.data.products)
}

/** Products as they come, staged: the import's id. */
export async function stagedProducts(sql: Database, locationId: string, products: object[]): Promise<string> {
  const [begun] = await sql`select id from public.begin_import('mugs.csv', ${randomUUID()}, ${locationId})`
  await sql`select public.stage_import(${begun?.id}, ${sql.json(products.map((product) => ({ ...product })))})`
  return String(begun?.id)
}

export async function previewed(sql: Database, importId: string): Promise<ImportPreview> {
  const [row] = await sql`select public.preview_import(${importId}) as preview`
  return ImportPreview.parse(row?.preview)
}

export async function applied(sql: Database, importId: string, seen: string | null = null) {
  const [row] = await sql`select * from public.apply_import(${importId}, ${randomUUID()}, ${seen})`
  return row
}

/** A handle nobody else uses, so that tests may run beside each other. */
export function aHandle(name = 'mug'): string {
  return `${name}-${randomUUID().slice(0, 8)}`
}
