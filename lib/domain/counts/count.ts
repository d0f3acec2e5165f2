import { z } from 'zod'
import { CodeChoices } from '@/lib/domain/codes/choice'
import { hasCode, keyOfScan } from '@/lib/domain/codes/scan'
import { liveList } from '@/lib/domain/live/live-list'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { movementReasons } from '@/lib/domain/stock/stock'

export const countStatuses = ['open', 'approved', 'reversed', 'abandoned'] as const

/** A count of a location, of a category there, or of what people call a shelf (at most one of the two is set). */
export const Count = z.object({
  id: z.guid(),
  number: z.int(),
  location_id: z.guid(),
  category: z.string().nullable(),
  shelf: z.string().nullable(),
  blind: z.boolean(),
  status: z.enum(countStatuses),
  started_by: z.guid(),
  decided_by: z.guid().nullable(),
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type Count = z.infer<typeof Count>

const counts: LiveSource<Count> = {
  table: 'counts',
  columns: Object.keys(Count.shape),
  parse: (candidate) => Count.safeParse(candidate).data ?? null,
  by: 'id',
  id: (row) => row.id,
  version: (row) => row.version,
}

/** The newest counts, latest first. */
export const newestCounts = liveList<Count>({ ...counts, by: 'number' }, { pageSize: 50 })

/** One count. Its version moves with every entry and answer: what there is to read has changed. */
export function countOf(id: string): LiveQuery<Count> {
  return liveQuery(counts, [id])
}

const Label = z.object({
  variant_id: z.guid(),
  title: z.string(),
  option_values: z.array(z.string()),
  sku: z.string(),
  barcode: z.string().nullable(),
})

/** A movement recorded close to a reading of the shelf. Had it happened by then? Null while undecided. */
export const NearMovement = z.object({
  id: z.int(),
  delta: z.int(),
  reason: z.enum(movementReasons),
  document: z.string().nullable(),
  created_at: z.string(),
  had_happened: z.boolean().nullable(),
})
export type NearMovement = z.infer<typeof NearMovement>

/** A count's result for one variant. `expected` is null where the count is blind. */
export const CountLine = Label.extend({
  counted: z.int(),
  expected: z.int().nullable(),
  movements: z.array(NearMovement),
  open: z.int(),
  /** Until then a movement close to it may still be recorded. */
  settles_in_ms: z.int(),
  /** Units picked for orders and not handed over: off the shelf, still on hand. */
  in_baskets: z.int(),
  entries: z.array(z.object({ id: z.guid(), units: z.int(), actor: z.guid(), ended_at: z.string() })),
})
export type CountLine = z.infer<typeof CountLine>

export const CountRead = z.object({
  count: Count,
  lines: z.array(CountLine),
  uncounted: z.array(Label.extend({ expected: z.int().nullable() })),
  uncounted_total: z.int(),
})
export type CountRead = z.infer<typeof CountRead>

/** Units found, as the device that they were typed on keeps them until they are acknowledged. */
export const FoundUnits = z.object({
  id: z.guid(),
  code: z.string(),
  units: z.int(),
  /** Between these moments the shelf was looked at: milliseconds on the device's own clock. */
  began: z.number(),
  ended: z.number(),
  withdrawn: z.boolean(),
  /** Set when nobody knew the code: it is kept for a person to see, and not sent again. */
  unknown: z.boolean(),
  /** The variants that have the code, when more than one has it: a person chooses. */
  choices: CodeChoices.exactOptional(),
})
export type FoundUnits = z.infer<typeof FoundUnits>

/** The entries of a device that a count did not take because their code names no variant, or several. */
export const UnknownEntries = z
  .object({
    unknown: z.array(z.guid()),
    ambiguous: z.array(z.object({ id: z.guid(), choices: CodeChoices })),
  })
  .transform(({ unknown, ambiguous }) =>
    unknown.map((id) => ({ id, choices: ambiguous.find((entry) => entry.id === id)?.choices ?? [] })),
  )
export type UnknownEntries = z.infer<typeof UnknownEntries>

/** An entry as it is sent: with ages, so that no device's clock is ever compared with the shop's. */
export function entryOf({ began, ended, unknown: _, choices: __, ...found }: FoundUnits, now: number) {
  const ended_ms = Math.max(0, Math.round(now - ended))
  return { ...found, ended_ms, began_ms: Math.max(ended_ms, Math.round(now - began)) }
}
export type SentEntry = ReturnType<typeof entryOf>

/** A line as it will read once what waits on this device has arrived: units that are not in the count yet added. */
export function withWaiting(line: CountLine, waiting: readonly FoundUnits[]): number {
  const known = new Map(line.entries.map(({ id, units }) => [id, units]))
  for (const { id, code, units, withdrawn } of waiting) {
    if (!hasCode(line, keyOfScan(code))) continue
    if (withdrawn) known.delete(id)
    else known.set(id, units)
  }
  return [...known.values()].reduce((sum, units) => sum + units, 0)
}
