import { expect, test } from 'vitest'
import { carriers, trackingLink } from '@/lib/domain/orders/carriers'
import { ParcelAsked, parcelFields } from '@/lib/domain/orders/desk-request'
import type { OrderEvent } from '@/lib/domain/orders/order'
import { parcelsOf } from '@/lib/domain/orders/parcels'

const event = (id: number, kind: string, detail: OrderEvent['detail'] = {}): OrderEvent => ({
  id,
  kind,
  detail,
  at: '2026-11-30T09:00:00Z',
})
const bpost = { carrier: 'bpost', tracking_number: '3232' }

test('each hand-over is a parcel, of which the latest correction counts', () => {
  const events = [
    event(1, 'placed'),
    event(2, 'handed_over', { parcel: bpost }),
    event(3, 'handed_over'),
    event(4, 'parcel_changed', { hand_over: 2, parcel: { carrier: 'GLS', tracking_number: 'AB12' } }),
    event(5, 'parcel_changed', { hand_over: 2, parcel: { carrier: 'Bike of Bo' } }),
  ]
  expect(parcelsOf({ delivery: 'delivery', events })).toMatchObject([
    { handOver: 2, carrier: 'Bike of Bo', trackingNumber: null, link: null },
    { handOver: 3, carrier: null, trackingNumber: null, link: null },
  ])
  expect(parcelsOf({ delivery: 'delivery', events: events.slice(0, 4) })[0]).toMatchObject({
    carrier: 'GLS',
    link: 'https://gls-group.com/GROUP/en/parcel-tracking?match=AB12',
  })
  expect(parcelsOf({ delivery: 'collection', events })).toEqual([])
})

test.each(carriers)('%s has a link with the number as one part of it', (carrier) => {
  const link = trackingLink(carrier.toUpperCase(), 'AB-12') ?? ''
  expect(new URL(link).protocol).toBe('https:')
  expect(link.split('AB-12')).toHaveLength(2)
  expect(trackingLink(carrier, '1&x=/../#')).not.toContain('&x=')
})

test('a carrier that nobody knows has a number without a link', () => {
  expect(trackingLink('Bike of Bo', '1234')).toBeNull()
  expect(trackingLink('constructor', '1234')).toBeNull()
})

test.each([
  ['jjd 0123 4567', 'JJD01234567'],
  ['1Z-999', '1Z-999'],
])('%s is the code %s', (typed, code) => {
  expect(ParcelAsked.parse({ carrier: ' UPS ', tracking_number: typed })).toEqual({
    carrier: 'UPS',
    tracking_number: code,
  })
})

test.each(['abc', '12/34', 'x'.repeat(41), 'https://evil.test', '<b>1234', '-1234'])(
  '%s is no tracking number',
  (tracking_number) => {
    expect(ParcelAsked.safeParse({ carrier: 'UPS', tracking_number }).success).toBe(false)
  },
)

test('two empty fields are no parcel, and a number alone lacks its carrier', () => {
  const form = new FormData()
  form.set('carrier', '')
  form.set('tracking_number', '')
  expect(parcelFields(form)).toEqual({})
  form.set('tracking_number', '12345')
  expect(ParcelAsked.safeParse(parcelFields(form).parcel).error?.issues[0]?.path).toEqual(['carrier'])
})
