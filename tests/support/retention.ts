import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { expect } from 'vitest'
import { ROOT } from '@/commands/root'
import { letPass } from '@/tests/support/shop/shopping'
import type { Tx } from './database'

type Forgotten = { rows: Record<string, number>; failed: Record<string, string> }
export type Retention = 'cleaned' | 'bounded' | 'kept'

/** Time passes for everything that is kept: rows written before are as much older. */
export const pass = letPass

/** One call of the maintenance job: how many rows of each kind it ended. Fails when a rule failed. */
export async function forgetSome(db: Sql | Tx, atMost: number): Promise<Record<string, number>> {
  const [row] = await db<{ done: Forgotten }[]>`select public.forget_old_rows(${atMost}) as done`
  expect(row?.done.failed).toEqual({})
  return row?.done.rows ?? {}
}

/** Runs the maintenance job until it finds nothing more, as the shop does. */
export async function forget(db: Sql | Tx): Promise<void> {
  // The job leaves the work to one that is running; with the clock locked, no other test runs one.
  await pass(db, '0')
  for (let call = 0; call < 200; call++) {
    if (Object.keys(await forgetSome(db, 10_000)).length === 0) return
  }
  throw new Error('the maintenance job never ended')
}

/** The tables that a list of docs/retention.md names. One that is cleaned of personal data alone is not cleaned. */
export function tablesThatAre(list: Retention): string[] {
  const document = readFileSync(join(ROOT, 'docs/retention.md'), 'utf8')
  const title = { cleaned: 'Cleaned by rule', bounded: 'Bounded by', kept: 'Kept for ever' }[list]
  const section = document.split(/^## /m).find((text) => text.startsWith(title)) ?? ''
  const [rows = ''] = section.split('Personal data goes earlier')
  const pattern = list === 'bounded' ? /`(\w+\.\w+)`/g : /^\| `(\w+\.\w+)`/gm
  return [...new Set([...rows.matchAll(pattern)].map(([, table = '']) => table))]
}
