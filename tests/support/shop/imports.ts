import { randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import { ImportPreview } from '@/lib/domain/imports/preview'
import { problemText } from '@/lib/domain/imports/problem'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { parseInventory } from '@/lib/domain/imports/reading/parse-inventory'
import type { StagedAsk } from '@/lib/domain/imports/staged-product'
import { csv, type Line } from './catalogue-file'

type Database = Sql | TransactionSql

/** A separate location for a file's quantities. */
export async function aLocation(sql: Database): Promise<string> {
  const id = randomUUID()
  await sql`insert into public.locations (id, slug, name, position) values (${id}, ${`place-${id}`}, 'Place', 95)`
  return id
}

/** The lines of a file, staged: the import's id. */
export async function staged(
  sql: Database,
  locationId: string,
  lines: Line[],
  heading?: string[],
): Promise<string> {
  const file = parseCatalogue(csv(lines, heading), 'EUR')
  if (!file.ok) throw new Error(file.error.map(problemText).join('\n'))
  return stagedProducts(sql, locationId, file.data.products, file.data.keptColumns)
}

/** Products as they come, staged: the import's id. */
export async function stagedProducts(
  sql: Database,
  locationId: string,
  products: object[],
  keptColumns: string[] = [],
): Promise<string> {
  const [begun] =
    await sql`select id from public.begin_import('mugs.csv', ${randomUUID()}, ${locationId}, kept_columns => ${keptColumns})`
  await sql`select public.stage_import(${begun?.id}, ${sql.json(products.map((product) => ({ ...product })))})`
  return String(begun?.id)
}

/** The lines of an inventory file, staged: the import's id. */
export async function stagedInventory(sql: Database, lines: Line[]): Promise<string> {
  const file = parseInventory(csv(lines, ['SKU', 'Location', 'On hand (current)', 'On hand (new)']))
  if (!file.ok) throw new Error(file.error.map(problemText).join('\n'))
  const [begun] = await sql`
    select id from public.begin_import('inventory.csv', ${randomUUID()}, kind => 'inventory')`
  const levels = file.data.levels.map((level) => ({ ...level, asks: level.asks.map(asJson) }))
  if (levels.length > 0) await sql`select public.stage_levels(${begun?.id}, ${sql.json(levels)})`
  return String(begun?.id)
}

const asJson = (ask: StagedAsk) => ({ ...ask, choices: { ...ask.choices } })

/** The exported line of a level as it is now, with the changes of a person on top. */
export async function exportedLine(
  sql: Database,
  variantId: string,
  locationId: string,
  counted: number | '' = '',
): Promise<Line> {
  const [level] = await sql`
    select variants.sku, locations.slug, coalesce(level.on_hand, 0) as on_hand, coalesce(level.ledger_position, 0) as position
    from public.variants cross join public.locations
    left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = locations.id
    where variants.id = ${variantId} and locations.id = ${locationId}`
  return {
    SKU: level?.sku,
    Location: level?.slug,
    'On hand (current)': String(level?.on_hand),
    'Ledger position (not editable)': String(level?.position),
    'On hand (new)': String(counted),
  }
}

export async function answered(sql: Database, importId: string, choice: string, line: number | null = null) {
  await sql`select public.answer_import(${importId}, ${choice}, ${line})`
}

/** Answers a question about cells of a file, for all of its kind. */
export async function answeredAsk(sql: Database, importId: string, kind: string, answer: string) {
  await sql`select public.answer_asks(${importId}, ${kind}, ${answer})`
}

/** The import that takes this one back, begun: its id. */
export async function begunRevert(sql: Database, importId: string): Promise<string> {
  const [row] = await sql`select id from public.begin_revert(${importId})`
  return String(row?.id)
}

export async function reverted(sql: Database, importId: string) {
  return applied(sql, await begunRevert(sql, importId))
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

/** Two sizes of a mug with three and one in stock. */
export function twoSizes(handle: string): [Line, Line] {
  return [
    {
      Handle: handle,
      Title: 'Mug',
      Type: 'Tea ware',
      Tags: 'clay, ash',
      'Option1 Name': 'Size',
      'Option1 Value': 'Small',
      'Variant Inventory Qty': '3',
      'Variant Price': '9.99',
      'Image Src': 'https://cdn.test/small.jpg',
      'Variant Image': 'https://cdn.test/small.jpg',
    },
    { Handle: handle, 'Option1 Value': 'Large', 'Variant Inventory Qty': '1', 'Variant Price': '12' },
  ]
}

/** The mug in the catalogue, as the file above says. */
export async function importedProduct(sql: Database) {
  const [handle, place] = [aHandle(), await aLocation(sql)]
  const lines = twoSizes(handle)
  await applied(sql, await staged(sql, place, lines))
  return { handle, place, small: lines[0], large: lines[1] }
}

export const variantsOf = (sql: Database, handle: string) => sql`
  select variants.sku, variants.option_values, variants.price_minor, availability.on_hand
  from public.variants
  join public.products on products.id = variants.product_id
  join public.availability on availability.variant_id = variants.id
  where products.handle = ${handle}
  order by variants.position`
