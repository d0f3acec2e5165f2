import 'server-only'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { inventoryByCode } from './inventory'

/** Lines as labels name them, as SQL takes them. Refused at the first code nobody knows. */
export async function variantsOf(
  lines: readonly { code: string; quantity: number }[],
): Promise<Result<{ variant_id: string; quantity: number }[]>> {
  const known = new Map<string, string>()
  for (const { sku, barcode, variant_id } of await inventoryByCode(lines.map(({ code }) => code))) {
    if (barcode && !known.has(barcode)) known.set(barcode, variant_id)
    known.set(sku, variant_id)
  }
  const unknown = lines.findIndex(({ code }) => !known.has(code))
  if (unknown >= 0) {
    const problem = 'no variant has this SKU or barcode'
    const detail = { field: `lines[${unknown}].code`, problem, value: lines[unknown]?.code }
    return refused({ code: 'invalid_input', detail })
  }
  return accepted(lines.map(({ code, quantity }) => ({ variant_id: known.get(code) ?? '', quantity })))
}
