import { z } from 'zod'

export const Code = z.string().trim().min(1).max(120)

/** Units by the SKU or barcode on their box. */
export const CodeLine = z.object({ code: Code, quantity: z.coerce.number().int().min(1).max(1_000_000) })
export const CodeLines = z.array(CodeLine).min(1).max(1000)

/** The lines in a form, as repeated fields `code` and `quantity`; those left empty are none. */
export function codeLinesIn(form: FormData) {
  const quantities = form.getAll('quantity')
  return form
    .getAll('code')
    .map((code, index) => ({ code, quantity: quantities[index] }))
    .filter(({ code, quantity }) => code !== '' || quantity !== '')
}
