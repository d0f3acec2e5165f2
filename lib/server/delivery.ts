import 'server-only'
import type { Result } from '@/lib/domain/result'
import type { StockLevel } from '@/lib/domain/stock'
import type { Delivery } from '@/lib/domain/stock-request'
import { variantsOf } from './code-lines'
import { receiveStock } from './stock'

/** Books a delivery whose lines name SKUs or barcodes. One code nobody knows, and nothing is booked. */
export async function bookDelivery({ lines, ...delivery }: Delivery): Promise<Result<StockLevel[]>> {
  const named = await variantsOf(lines)
  return named.ok ? receiveStock({ ...delivery, lines: named.data }) : named
}
