import type { z } from 'zod'
import type { Tx } from '@/tests/support/database'

/** So many rows of a table are asked for, the newest. */
export const MOST = 40

/** A read of the staff pages: how its rows are asked for, and the shape in which the page takes them. */
export type Read = { name: string; shape?: z.ZodType; rows: (tx: Tx) => Promise<unknown[]> }

/** The rows of a read. */
export const answers = async (query: PromiseLike<readonly { [name: string]: unknown }[]>) =>
  (await query).map(({ row }) => row)

const ids = async (tx: Tx, table: string) =>
  (await tx`select id from ${tx(table)} order by ctid desc limit ${MOST}`).map(({ id }) => id as string)

/** Asks once for each of so many rows of a table, the newest first. */
export const each = (
  table: string,
  name: string,
  shape: z.ZodType | undefined,
  ask: (tx: Tx, id: string) => PromiseLike<readonly { [name: string]: unknown }[]>,
): Read => ({
  name,
  ...(shape && { shape }),
  rows: async (tx) => {
    const rows: unknown[] = []
    for (const id of await ids(tx, table)) rows.push(...(await answers(ask(tx, id))))
    return rows
  },
})

/** Asks once. */
export const all = (
  name: string,
  shape: z.ZodType | undefined,
  ask: (tx: Tx) => PromiseLike<readonly { [name: string]: unknown }[]>,
): Read => ({
  name,
  ...(shape && { shape }),
  rows: (tx) => answers(ask(tx)),
})
