import { z } from 'zod'
import { goodsNote } from '@/lib/domain/codes/gs1'
import { readScan } from '@/lib/domain/codes/scan'

/** A SKU or barcode as scanned or typed; of a GS1 code, the GTIN in it. */
export const Code = z
  .string()
  .max(500)
  .transform((text) => readScan(text).code)
  .pipe(z.string().min(1).max(120))

/** Units by the SKU or barcode on their box. */
export const CodeLine = z.object({
  code: Code,
  quantity: z.coerce.number().int().min(1).max(1_000_000),
  /** Lot and dates of a GS1 code; saved with the units. */
  note: z.string().min(1).max(200).exactOptional(),
})
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
    .map((line) => withNote(line, form))
}

/** A line as sent, with the note of its code: of the one that was scanned, where a person chose its variant. */
export function withNote<Line extends { code?: unknown }>(
  line: Line,
  form: FormData,
): Line & { note?: string } {
  const code = typeof line.code === 'string' ? line.code : ''
  const note = goodsNote(readScan(scannedFor(String(form.get('scanned') ?? ''), code)).gs1)
  return note ? { ...line, note } : line
}

/** The form field `scanned`, with one more code that a person replaced by the one they chose. */
export function withScanned(field: string, scanned: string, chosen: string): string {
  return `${field}${chosen}\t${scanned}\n`
}

/** The code that was scanned before a person chose this one; else this one. */
function scannedFor(field: string, chosen: string): string {
  const line = field.split('\n').findLast((each) => each.startsWith(`${chosen}\t`))
  return line?.slice(chosen.length + 1) ?? chosen
}
