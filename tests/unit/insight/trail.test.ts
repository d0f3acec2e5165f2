import { expect, test } from 'vitest'
import { deedWords, differences } from '@/components/staff/audit/words'
import {
  requestsOf,
  TrailFilter,
  type TrailLine,
  trailAddress,
  trailQuestion,
} from '@/lib/domain/insight/trail'

const ada = 'aaaaaaaa-0000-4000-8000-000000000001'
const shop = { id: 'bbbbbbbb-0000-4000-8000-000000000001', slug: 'shop', name: 'The shop' }
const line = (more: Partial<TrailLine>): TrailLine => ({
  at: '2026-11-23T10:00:00.000001Z',
  key: 'a1',
  actor: ada,
  actor_name: 'Ada',
  action: 'changed',
  subject: 'product',
  subject_id: ada,
  label: 'Pour jug',
  before: null,
  after: null,
  ...more,
})

test('changes of one request are grouped together', () => {
  const operations = requestsOf([
    line({ key: 'a3' }),
    line({ key: 'a2', subject: 'variant' }),
    line({ key: 'a1', at: '2026-11-23T09:00:00Z' }),
  ])

  expect(operations.map(({ lines }) => lines.map(({ key }) => key))).toEqual([['a3', 'a2'], ['a1']])
})

test('a day is asked for from its first to its last moment on the shop’s clock', () => {
  const filter = TrailFilter.parse({ from: '2026-11-23', to: '2026-11-23', who: 'nobody', after: 'x' })

  expect(trailQuestion(filter)).toEqual({
    since: '2026-11-22T23:00:00.000Z',
    until: '2026-11-23T22:59:59.999Z',
    size: 61,
  })
})

test.for([
  '26-11-30',
  '0026-11-30',
  '1969-12-31',
  '9999-12-31',
  '+275760-09-13',
  '2026-02-31',
  '2026-11-30T10:00',
  'tomorrow',
])('the day %s counts as not set', (day) => {
  expect(trailQuestion(TrailFilter.parse({ from: day, to: day }))).toEqual({ size: 61 })
})

test.for(['26~a1', '99999~a1', '2026-11-30~a1', '2026-13-30T10:00:00Z~a1'])(
  'a cursor at %s counts as not set',
  (after) => {
    expect(trailQuestion(TrailFilter.parse({ after }))).toEqual({ size: 61 })
  },
)

test('the next page begins after the last line of this one', () => {
  const { at, key } = line({})
  const address = trailAddress({ after: `${at}~${key}` })
  const filter = TrailFilter.parse(Object.fromEntries(new URL(address, 'http://shop.invalid').searchParams))

  expect(trailQuestion(filter)).toEqual({ before_at: at, before_key: key, size: 61 })
})

test('a movement and a new price are said as people say them', () => {
  const after = {
    units: -2,
    location_id: shop.id,
    reason: 'damage',
    document: null,
    note: 'dropped',
    source_kind: 'adjustment',
    source_id: null,
  }
  const moved = line({ key: 'm1', action: 'moved', subject: 'stock', label: 'MUG-1', after })
  const priced = line({ before: { price_minor: 1200 }, after: { price_minor: 1500 } })

  expect(deedWords(moved, [shop], 'EUR')).toBe('moved −2 of MUG-1 at The shop: damaged, dropped')
  expect(differences(priced, [shop], 'EUR')).toEqual([{ field: 'price', before: '€12.00', after: '€15.00' }])
})

test('order events and alert changes use the words of their pages', () => {
  const called = line({
    action: 'cancelled',
    subject: 'order',
    label: '1041',
    after: { reason: 'ordered twice' },
  })
  const put = line({ action: 'snooze_alert', subject: 'alert', label: 'no_document' })

  expect(deedWords(called, [shop], 'EUR')).toBe('order 1041: cancelled: ordered twice')
  expect(deedWords(put, [shop], 'EUR')).toBe('snoozed the alert “Missing document”')
})

test('an import and its revert are described by their references and units', () => {
  const after = { document: 'import-12', units_in: 7, units_out: 0 }
  const applied = line({ key: 'i1', action: 'applied', subject: 'import', label: 'goods.csv', after })
  const back = { document: 'import-13', units_in: 0, units_out: 5 }
  const reverted = line({ ...applied, action: 'reverted', before: { document: 'import-12' }, after: back })

  expect(deedWords(applied, [shop], 'EUR')).toBe('applied import goods.csv as import-12: +7 and 0 units')
  expect(deedWords(reverted, [shop], 'EUR')).toBe(
    'reverted import goods.csv, import-12, by import-13: 0 and −5 units',
  )
})
