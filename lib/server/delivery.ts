import 'server-only'
import { type Result, refused } from '@/lib/domain/result'
import type { StockLevel } from '@/lib/domain/stock'
import type { Delivery } from '@/lib/domain/stock-request'
import { inventoryByCode } from './inventory'
import { receiveStock } from './stock'

/** Books a delivery whose lines name SKUs or barcodes. One code nobody knows, and nothing is booked. */
export async function bookDelivery({ lines, ...delivery }: Delivery): Promise<Result<StockLevel[]>> {
  const known = new Map<string, string>()
  for (const { sku, barcode, variant_id } of await inventoryByCode(lines.map(({ code }) => code))) {
    known.set(sku, variant_id)
    if (barcode) known.set(barcode, variant_id)
  }

  const unknown = lines.findIndex(({ code }) => !known.has(code))
  if (unknown >= 0) {
    const detail = {
      field: `lines[${unknown}].code`,
      problem: 'no variant has this SKU or barcode',
      value: lines[unknown]?.code,
    }
    return refused({ code: 'invalid_input', detail })
  }
  const named = lines.map(({ code, quantity }) => ({ variant_id: known.get(code) ?? '', quantity }))
  return receiveStock({ ...delivery, lines: named })
}
