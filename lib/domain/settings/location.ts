import { z } from 'zod'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'
import { line } from './fields'
import { daysOfWeek, hoursOfDay, OpenSpan } from './hours'

/** A location as managers edit it. */
export const EditedLocation = z.object({
  id: z.guid(),
  slug: z.string(),
  name: z.string(),
  address: z.string(),
  hours: z.array(OpenSpan).catch([]),
  hours_note: z.string(),
  active: z.boolean(),
  version: z.int(),
})
export type EditedLocation = z.infer<typeof EditedLocation>

const LocationPulse = EditedLocation.pick({ id: true, version: true })

const locations: LiveSource<z.infer<typeof LocationPulse>> = {
  table: 'locations',
  ...rowsOf(LocationPulse),
  by: 'id',
  id: (row) => row.id,
  version: (row) => row.version,
}

/** The versions of some locations, for pages that show them. */
export function locationsOf(ids: readonly string[]): LiveQuery<z.infer<typeof LocationPulse>> {
  return liveQuery(locations, ids)
}

/** The fields of a location: `hours.1` to `hours.7` are the days. */
export const LocationForm = z.object({
  location_id: z.guid().nullable(),
  expected: z.coerce.number().int().nullable(),
  idempotency_key: z.guid(),
  fields: z.object({
    name: line(120).pipe(z.string().min(1)),
    address: line(300),
    hours: z.array(OpenSpan),
    hours_note: line(200),
  }),
})
export type LocationForm = z.infer<typeof LocationForm>

/** The form as the schema wants it; a day that cannot be read is named by its field. */
export function locationFields(form: FormData): unknown {
  const given = Object.fromEntries(form)
  const hours = daysOfWeek.map((day) => hoursOfDay(day, String(given[`hours.${day}`] ?? '')))
  return {
    location_id: given.location_id || null,
    expected: given.expected || null,
    idempotency_key: given.idempotency_key,
    fields: {
      name: given.name,
      address: given.address,
      hours: hours.includes(null) ? `day ${hours.indexOf(null) + 1}` : hours.flat(),
      hours_note: given.hours_note,
    },
  }
}

export const LocationNamed = z.object({ location_id: z.guid(), idempotency_key: z.guid() })
