import { vi } from 'vitest'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'

export const product = '10000000-0000-4000-8000-000000000001'
export const variants = [
  '20000000-0000-4000-8000-000000000001',
  '20000000-0000-4000-8000-000000000002',
] as const
export const { source } = shelfOf([product])

/** A row of the shelf in one of its versions. */
export function state(version: number, variant: string = variants[0]): ShelfRow {
  return { variant_id: variant, product_id: product, band: 'low', left: version, version }
}

/** As Realtime sends it; each in a separate commit by default. */
export function message(row: ShelfRow, commit_timestamp = `${row.variant_id}:${row.version}`) {
  return { table: 'shelf', eventType: 'UPDATE', new: row, old: {}, errors: null, commit_timestamp }
}

/** Waits until what one commit changed is together. */
export const gather = () => vi.advanceTimersByTime(10)
