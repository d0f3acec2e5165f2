import { randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'

type Db = Sql | TransactionSql

export interface Entry {
  id: string
  code: string
  units: number
  began_ms: number
  ended_ms: number
  withdrawn?: boolean
}
export interface CountRead {
  count: { id: string; number: number; status: string }
  lines: {
    variant_id: string
    counted: number
    expected: number | null
    movements: { id: number; delta: number; had_happened: boolean | null }[]
    open: number
    settles_in_ms: number
  }[]
  uncounted: { variant_id: string; expected: number | null }[]
  uncounted_total: number
}

/** Found an hour ago, so that it has settled: nothing of a test is recorded close to it. */
export const found = (code: string, units: number, more: Partial<Entry> = {}): Entry => ({
  id: randomUUID(),
  code,
  units,
  began_ms: 3_600_000,
  ended_ms: 3_590_000,
  ...more,
})

/** A count, and what people do with it. */
export async function aCount(db: Db, locationId: string, blind = false, category: string | null = null) {
  const [started] =
    await db`select id, number::int from public.start_count(${locationId}, ${blind}, ${randomUUID()}, ${category})`
  const { id, number } = started as unknown as { id: string; number: number }
  return {
    id,
    document: `count ${number}`,
    record: async (...entries: Entry[]) => {
      const [row] =
        await db`select public.record_count(${id}, ${db.json(entries.map((entry) => ({ ...entry })))}) as answer`
      return row?.answer as {
        entries: { id: string; units: number }[]
        unknown: string[]
        ambiguous: { id: string; choices: { variant_id: string }[] }[]
      }
    },
    answer: (movementId: number, hadHappened: boolean) =>
      db`select public.answer_count(${id}, ${movementId}, ${hadHappened})`,
    approve: (leftOut: string[] = [], key: string = randomUUID()) =>
      db`select * from public.approve_count(${id}, ${key}, ${leftOut}::uuid[])`,
    reverse: (key: string = randomUUID()) => db`select * from public.reverse_count(${id}, ${key})`,
    abandon: (key: string = randomUUID()) => db`select * from public.abandon_count(${id}, ${key})`,
    read: async () => {
      const [row] = await db`select public.read_count(${id}) as answer`
      return row?.answer as CountRead
    },
  }
}
