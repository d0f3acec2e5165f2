import type { Sql } from 'postgres'
import { rolledBack, type Tx } from '@/tests/support/database'

/**
 * Runs the work in a transaction that is rolled back and that alone changes categories and locations: the functions of
 * settings lock these tables, and give up after three seconds while another test has rows in them.
 */
export function alone<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  return rolledBack(sql, async (tx) => {
    await tx`lock table public.categories, public.locations in share row exclusive mode`
    return work(tx)
  })
}
