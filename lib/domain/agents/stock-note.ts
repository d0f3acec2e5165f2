import { z } from 'zod'
import { type ShelfRow, shelfBands } from '@/lib/domain/stock/shelf'

// The shop's own extension of the protocol: what is held from when to when, and how old each number is. It says what a
// page of the shop says, and no number more (`left` is null where the shelf does not count).

const Shelf = z.object({
  variant_id: z.guid(),
  band: z.enum(shelfBands),
  left: z.int().nullable(),
  /** Grows with every change: a lower one is older. */
  version: z.int(),
})

/** On a product of the catalogue: the shelf of its variants. */
export const ShelfNote = z.object({
  /** No row is older than this. */
  as_of: z.iso.datetime(),
  variants: z.array(Shelf),
})
export type ShelfNote = z.infer<typeof ShelfNote>

/** On a checkout: the holds, by the database's clock, and the shelf beside them. */
export const HoldNote = z.object({
  as_of: z.string(),
  lines: z.array(
    z.object({
      line_item_id: z.guid(),
      held: z.int(),
      held_since: z.string().nullable(),
      held_until: z.string().nullable(),
    }),
  ),
})
export type HoldNote = z.infer<typeof HoldNote>

/** On a message about a line that is short: what can be done now. Holds are of the whole shop, all locations together. */
export const AlternativeNote = z.object({
  wanted: z.int(),
  left: z.int().nullable(),
  alternatives: z.array(
    z.object({
      id: z.guid(),
      options: z.array(z.string()),
      band: z.enum(['in', 'low']),
      left: z.int().nullable(),
    }),
  ),
  waitlist_url: z.url().nullable(),
})
export type AlternativeNote = z.infer<typeof AlternativeNote>

/** The schema of the extension, as its address publishes it. */
export function stockSchema(address: string): object {
  const defs = { shelf: ShelfNote, holds: HoldNote, alternatives: AlternativeNote }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: address,
    title: 'Stock',
    description:
      'In `stock` of a checkout (holds), of a product of the catalogue (shelf) and of a message about a line that is short (alternatives).',
    $defs: Object.fromEntries(
      Object.entries(defs).map(([name, schema]) => [
        name,
        z.toJSONSchema(schema, { target: 'draft-2020-12' }),
      ]),
    ),
  }
}

/** The shelf of some variants, read at this time. */
export function shelfNote(rows: readonly ShelfRow[], readAt: number): ShelfNote {
  return {
    as_of: new Date(readAt).toISOString(),
    variants: rows.map(({ variant_id, band, left, version }) => ({ variant_id, band, left, version })),
  }
}
