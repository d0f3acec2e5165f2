import 'server-only'
import type { Result } from '@/lib/domain/core/result'
import type { StockLevel } from '@/lib/domain/stock/stock'
import type { Delivery } from '@/lib/domain/stock/stock-request'
import { variantsOf } from '@/lib/server/stock/code-lines'
import { receiveStock } from '@/lib/server/stock/stock'

/** Saves a delivery whose lines name SKUs or barcodes. One unknown code, and nothing is saved. */
export async function receiveByCode({ lines, sure, ...delivery }: Delivery): Promise<Result<StockLevel[]>> {
  const named = await variantsOf(lines, sure === 'on')
  return named.ok ? receiveStock({ ...delivery, lines: named.data }) : named
}
