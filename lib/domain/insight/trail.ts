import { z } from 'zod'
import { momentOfWallTime } from '@/lib/domain/core/shop-time'

/** How many lines of the audit trail a page shows. */
export const linesPerPage = 60

/** The kinds of records in the trail. */
export const trailSubjects = [
  'staff_member',
  'invitation',
  'product',
  'variant',
  'picture',
  'category',
  'location',
  'settings',
  'discount',
  'delivery_zone',
  'delivery_settings',
  'stock',
  'order',
  'delivery',
  'count',
  'import',
  'alert',
  'conversation',
] as const

/** One change. `before` and `after` hold only the fields that differ. */
export const TrailLine = z.object({
  at: z.string(),
  key: z.string(),
  actor: z.guid(),
  actor_name: z.string(),
  action: z.string(),
  subject: z.string(),
  subject_id: z.string(),
  label: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
})
export type TrailLine = z.infer<typeof TrailLine>

/** One request of one person: the lines of one transaction. */
export interface TrailRequest {
  at: string
  actorName: string
  lines: TrailLine[]
}

/** Lines, newest first, grouped by the request they belong to. */
export function requestsOf(lines: readonly TrailLine[]): TrailRequest[] {
  const requests: TrailRequest[] = []
  let last: TrailLine | undefined
  for (const line of lines) {
    const request = requests.at(-1)
    if (request && last?.at === line.at && last.actor === line.actor) request.lines.push(line)
    else requests.push({ at: line.at, actorName: line.actor_name, lines: [line] })
    last = line
  }
  return requests
}

/** A day within the time that PostgreSQL and the calendar of the shop both know. */
const date = z
  .union([z.iso.date().refine((day) => day >= '1970-01-01' && day <= '9999-12-30'), z.literal('')])
  .catch('')

/** The trail's filters, as they appear in the URL. Unreadable values count as not set. */
export const TrailFilter = z.object({
  q: z.string().trim().max(200).catch(''),
  who: z.union([z.guid(), z.literal('')]).catch(''),
  what: z.enum([...trailSubjects, '']).catch(''),
  /** Days of the shop's calendar, both included. */
  from: date,
  to: date,
  /** The last line of the page before, as "at~key". */
  after: z
    .string()
    .regex(/^[\d\-T:.+Z]+~[a-z][\w-]+$/)
    .max(100)
    .refine((cursor) => z.iso.datetime({ offset: true }).safeParse(cursor.split('~')[0]).success)
    .catch(''),
})
export type TrailFilter = z.infer<typeof TrailFilter>

/** The address of the trail narrowed so, without what is not set. */
export function trailAddress(filter: Partial<TrailFilter>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  return query.size > 0 ? `/staff/audit?${query}` : '/staff/audit'
}

/** The same as arguments of read_trail. */
export function trailQuestion({ q, who, what, from, to, after }: TrailFilter) {
  const since = from && momentOfWallTime(`${from}T00:00:00`)
  // The shop's clock shows whole seconds: the last of the day is included to its end.
  const until = to && momentOfWallTime(`${to}T23:59:59`)?.replace('.000Z', '.999Z')
  const [before_at, before_key] = after.split('~')
  return {
    ...(q && { words: q }),
    ...(who && { who }),
    ...(what && { what }),
    ...(since && { since }),
    ...(until && { until }),
    ...(before_at && before_key && { before_at, before_key }),
    size: linesPerPage + 1,
  }
}
