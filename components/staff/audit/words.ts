import { z } from 'zod'
import { kindWords } from '@/components/staff/alerts/words'
import { deskEventWords } from '@/components/staff/orders/history/words'
import { list } from '@/components/staff/people/words'
import { reasonWords, roleWords, signed } from '@/components/staff/shell/words'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { TrailLine, trailSubjects } from '@/lib/domain/insight/trail'
import { DeskEvent } from '@/lib/domain/orders/order-desk'
import { StaffRole } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'
import { sourceAddress } from '@/lib/domain/stock/source'
import { StockMovement } from '@/lib/domain/stock/stock'
import { percent } from '@/lib/domain/text/percent'

export const subjectWords: Record<(typeof trailSubjects)[number], string> = {
  staff_member: 'Staff member',
  invitation: 'Invitation',
  product: 'Product',
  variant: 'Variant',
  picture: 'Picture',
  category: 'Category',
  location: 'Location',
  settings: 'Settings',
  discount: 'Discount',
  delivery_zone: 'Delivery zone',
  delivery_settings: 'Tax on delivery',
  stock: 'Stock',
  order: 'Order',
  delivery: 'Delivery',
  count: 'Count',
  import: 'Import',
  alert: 'Alert',
  conversation: 'Conversation',
}

/** One change as a sentence: "changed product Pour jug", "moved −2 of MUG-1 at The shop: damaged". */
export function deedWords(line: TrailLine, locations: readonly Location[], currency: string): string {
  if (line.subject === 'stock') return movementWords(line, locations)
  if (line.subject === 'import') return importWords(line)
  if (line.subject === 'order') return orderWords(line, currency)
  if (line.subject === 'alert') return alertWords(line)
  if (line.subject === 'settings') return `${line.action} the settings`
  if (line.subject === 'delivery_settings') return `${line.action} the tax on delivery`
  const name = ['count', 'delivery', 'conversation'].includes(line.subject)
    ? line.label
    : `${line.subject.replaceAll('_', ' ')} ${line.label}`
  return `${line.action.replaceAll('_', ' ')} ${name}`
}

const Moved = StockMovement.pick({ reason: true }).extend({
  units: StockMovement.shape.delta,
  location_id: StockMovement.shape.location_id,
  document: StockMovement.shape.document,
  note: StockMovement.shape.note,
  source_kind: StockMovement.shape.source_kind,
  source_id: StockMovement.shape.source_id,
})

function movementWords({ label, after }: TrailLine, locations: readonly Location[]): string {
  const { units, location_id, reason, document, note } = Moved.parse(after)
  const place = locations.find(({ id }) => id === location_id)?.name ?? 'a closed location'
  const why = [reasonWords[reason].toLowerCase(), document, note].filter(Boolean).join(', ')
  return `moved ${signed(units)} of ${label} at ${place}: ${why}`
}

const Imported = z.object({ document: z.string(), units_in: z.int(), units_out: z.int() })

/** Only documents and units. The page of the import lists every changed field. */
function importWords({ action, label, before, after }: TrailLine): string {
  const { document, units_in, units_out } = Imported.parse(after)
  const what =
    action === 'reverted'
      ? `reverted import ${label}, ${before?.document}, by ${document}`
      : `applied import ${label} as ${document}`
  return `${what}: ${signed(units_in)} and ${signed(-units_out)} units`
}

/** "order 1041: cancelled: ordered twice". */
function orderWords({ action, label, after }: TrailLine, currency: string): string {
  const detail = DeskEvent.shape.detail.parse(after ?? {})
  const words = deskEventWords({ kind: action, detail }, currency)
  return `order ${label}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

const alertDeeds: Record<string, string> = {
  acknowledge_alert: 'took',
  assign_alert: 'assigned',
  snooze_alert: 'snoozed',
}

const alertNames: Record<string, string> = kindWords

function alertWords({ action, label }: TrailLine): string {
  return `${alertDeeds[action] ?? action} the alert “${alertNames[label] ?? label}”`
}

/** The page of a line: of a movement its source, or its variant when it has none. Null for a subject without a page. */
export function placeOfDeed({ subject, subject_id, after }: TrailLine): string | null {
  switch (subject) {
    case 'staff_member':
      return `/staff/people/${subject_id}`
    case 'product':
      return `/staff/products/${subject_id}`
    case 'stock':
      return sourceAddress(Moved.parse(after), 'manager') ?? `/staff/variants/${subject_id}`
    case 'variant':
      return `/staff/variants/${subject_id}`
    case 'order':
      return `/staff/orders/${subject_id}`
    case 'conversation':
      return `/staff/messages/${subject_id}`
    case 'count':
      return `/staff/counts/${subject_id}`
    case 'delivery':
      return `/staff/receive/${subject_id}`
    case 'import':
      return `/staff/import/${subject_id}`
    default:
      return null
  }
}

/** One field that differs, as a person reads it. */
export interface Difference {
  field: string
  before: string | null
  after: string | null
}

const fieldWords: Record<string, string> = {
  price_minor: 'price',
  compare_at_minor: 'compare-at price',
  description_html: 'description',
  location_ids: 'locations',
  tax_rate_bp: 'tax',
  low_stock_at: 'low stock from',
  option_values: 'options',
  option_names: 'options',
  src: 'picture',
  alt: 'description',
}

/** The meaning of `active` for each subject. */
const activeWords: Record<string, string> = {
  staff_member: 'active',
  variant: 'for sale',
  location: 'active',
}

/** The fields of an audited row that differ; none for what keeps its own record. */
export function differences(line: TrailLine, locations: readonly Location[], currency: string): Difference[] {
  if (!line.key.startsWith('a')) return []
  const fields = new Set([...Object.keys(line.before ?? {}), ...Object.keys(line.after ?? {})])
  return [...fields]
    .filter((field) => !hidden.has(field))
    .map((field) => ({
      field:
        (field === 'active' ? activeWords[line.subject] : fieldWords[field]) ?? field.replaceAll('_', ' '),
      before: line.before ? valueWords(field, line.before[field], locations, currency) : null,
      after: line.after ? valueWords(field, line.after[field], locations, currency) : null,
    }))
    .filter(({ before, after }) => before !== '' || after !== '')
}

/** Technical ids: the line already names their subjects. */
const hidden = new Set(['id', 'user_id', 'product_id', 'variant_id', 'invited_by', 'only_row', 'position'])

function valueWords(field: string, value: unknown, locations: readonly Location[], currency: string): string {
  if (value === null || value === undefined || value === '')
    return field === 'location_ids' ? 'everywhere' : ''
  if (field.endsWith('_minor') && typeof value === 'number') return formatMoney({ minor: value, currency })
  if (field.endsWith('_bp') && typeof value === 'number') return percent(value)
  if (field.endsWith('_at') && typeof value === 'string') return shopTime(value)
  if (field === 'role') return roleWords[StaffRole.parse(value)]
  if (field === 'location_ids' && Array.isArray(value))
    return list.format(
      value.map((id) => locations.find((each) => each.id === id)?.name ?? 'a closed location'),
    )
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The texts of trail-filter-form.tsx. */
export const trailFilterFormWords = {
  auditTrail: 'Audit trail',
  nameNumberOrSku: 'Name, number or SKU',
  staffMember: 'Staff member',
  subject: 'Subject',
  fromIt: 'From',
  to: 'To',
  search: 'Search',
}

/** The texts of trail-list.tsx. */
export const trailListWords = {
  noActivityMatches: 'No activity matches.',
  and: 'and',
  more: 'more',
}
