import { expect } from 'vitest'
import type { Tx } from '@/tests/support/database'
import { letPass } from '@/tests/support/shopping'

/** Time passes for everything that is kept: rows written before are as much older. */
export const pass = letPass

/** Runs the maintenance job until it finds nothing more, as the shop does. */
export async function forget(tx: Tx): Promise<void> {
  // The job leaves the work to one that is running; with the clock locked, no other test runs one.
  await pass(tx, '0')
  for (let call = 0; call < 200; call++) {
    const [row] = await tx`select public.forget_old_rows(10000) as done`
    const { rows, failed } = row?.done as { rows: Record<string, number>; failed: Record<string, string> }
    expect(failed).toEqual({})
    if (Object.keys(rows).length === 0) return
  }
  throw new Error('the maintenance job never ended')
}
