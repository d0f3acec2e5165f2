import { z } from 'zod'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { CodeLine, CodeLines, codeLinesIn, Sure, withNote } from '@/lib/domain/stock/code-lines'
import { overReasons, shortReasons } from './delivery'

const Key = z.guid()

/** Where an announced delivery comes from: one of our locations, which it leaves now, or else the named supplier. */
export const Announcement = z
  .object({
    from_location_id: z.guid().exactOptional(),
    supplier: z.string().trim().min(1).max(120).exactOptional(),
    to_location_id: z.guid(),
    document: z.string().trim().min(1).max(120).exactOptional(),
    /** The day after which an announced delivery is late. */
    expected_on: z.iso.date().exactOptional(),
    lines: CodeLines,
    sure: Sure,
    idempotency_key: Key,
  })
  .refine((asked) => asked.from_location_id || asked.supplier, { path: ['supplier'], message: 'missing' })
export type Announcement = z.infer<typeof Announcement>

/**
 * The announcement in a form. A transfer has its own destination field, because it can go to more locations than a delivery,
 * and leaves at once, on no other day.
 */
export function announcementFields(form: FormData): unknown {
  const { send_to_location_id: sentTo, expected_on, ...fields } = fieldsIn(form)
  const isTransfer = Boolean(fields.from_location_id)
  return {
    ...fields,
    to_location_id: isTransfer ? sentTo : fields.to_location_id,
    ...(isTransfer || !expected_on ? {} : { expected_on }),
    lines: codeLinesIn(form),
  }
}

/** Units that came, and why when more came than was announced. */
export const Arrival = CodeLine.extend({
  delivery_id: z.guid(),
  difference: z.enum(overReasons).exactOptional(),
  sure: Sure,
  idempotency_key: Key,
})
export type Arrival = z.infer<typeof Arrival>

export function arrivalFields(form: FormData): unknown {
  return withNote(fieldsIn(form), form)
}

/** No more comes: what became of each variant that is short. */
export const Closing = z.object({
  delivery_id: z.guid(),
  shorts: z
    .record(z.guid(), z.enum(shortReasons))
    .refine((shorts) => Object.keys(shorts).length <= 1000, 'more than 1000 lines'),
  idempotency_key: Key,
})
export type Closing = z.infer<typeof Closing>

/** The closing in a form with one field `short.<variant>` for each line that is short. */
export function closingFields(form: FormData): unknown {
  const fields = Object.entries(fieldsIn(form))
  const shorts = fields
    .filter(([name]) => name.startsWith('short.'))
    .map(([name, why]) => [name.slice('short.'.length), why])
  return { ...Object.fromEntries(fields), shorts: Object.fromEntries(shorts) }
}
