import { z } from 'zod'
import { readScan } from '@/lib/domain/codes/scan'

/** A SKU or barcode as scanned or typed; of a GS1 code, the GTIN in it. */
export const Code = z
  .string()
  .max(500)
  .transform((text) => readScan(text).code)
  .pipe(z.string().min(1).max(120))

/** Units by the SKU or barcode on their box. */
export const CodeLine = z.object({ code: Code, quantity: z.coerce.number().int().min(1).max(1_000_000) })
/** Set when a person has confirmed an unlikely quantity. */
export const Sure = z.enum(['', 'on']).exactOptional()

export const CodeLines = z.array(CodeLine).min(1).max(1000)

/** The lines in a form, as repeated fields `code` and `quantity`; those left empty are none. */
export function codeLinesIn(form: FormData) {
  const quantities = form.getAll('quantity')
  return form
    .getAll('code')
    .map((code, index) => ({ code, quantity: quantities[index] }))
    .filter(({ code, quantity }) => code !== '' || quantity !== '')
}
