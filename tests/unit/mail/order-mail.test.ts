import { expect, test } from 'vitest'
import { DueOrderMail } from '@/lib/domain/mail/mail'
import { letterOf } from '@/lib/server/mail/send-mail'

const siteUrl = new URL('https://shop.test')

/** An order of two jugs, collected at the shop; each test changes what it is about. */
function aMail(kind: DueOrderMail['kind'], order: object = {}, event: object = {}): DueOrderMail {
  return DueOrderMail.parse({
    message_id: 7,
    lease: '00000000-0000-4000-8000-000000000001',
    kind,
    event: { id: 7, kind: 'placed', detail: {}, at: '2026-11-30T09:00:00Z', ...event },
    order_token: 'a'.repeat(43),
    collect_at: { name: 'The shop', address: 'Market Street 1' },
    order: {
      order_id: '00000000-0000-4000-8000-000000000002',
      number: 1041,
      status: 'placed',
      version: 1,
      ready: false,
      email: 'ada@example.test',
      name: 'Ada Lovelace',
      phone: null,
      delivery: 'collection',
      collect_at: '00000000-0000-4000-8000-000000000003',
      kept_at: [],
      address: null,
      currency: 'EUR',
      total_minor: 7200,
      tax_minor: 1250,
      subtotal_minor: 7200,
      discount_minor: 0,
      delivery_minor: 0,
      delivery_estimate: null,
      discount_title: null,
      taxes: [],
      invoices: [],
      worth_minor: 7200,
      created_at: '2026-11-30T09:00:00Z',
      erase_asked_at: null,
      now: '2026-11-30T09:00:00Z',
      payment: {
        payment_id: '00000000-0000-4000-8000-000000000004',
        provider: 'on_collection',
        status: 'due',
        amount_minor: 7200,
        captured_minor: 0,
        refund_due_minor: 0,
        refunded_minor: 0,
        deadline: '2026-12-02T17:00:00Z',
        in_progress: false,
      },
      items: [
        {
          id: 1,
          variant_id: '00000000-0000-4000-8000-000000000005',
          sku: 'JUG-CHALK',
          title: 'Jug',
          option_values: ['Chalk'],
          price_minor: 3600,
          quantity: 2,
          total_minor: 7200,
          fulfilled: 0,
          cancelled: 0,
          returned: 0,
        },
      ],
      events: [],
      ...order,
    },
  })
}

const bpost = { carrier: 'bpost', tracking_number: '3232012345' }
const address = { line1: 'Elm Street 2', postcode: '9000', city: 'Ghent', country: 'BE' }

test.each<[string, DueOrderMail]>([
  ['a confirmation of an order to collect', aMail('order_placed')],
  [
    'a confirmation of a paid order to be sent',
    aMail('order_placed', {
      delivery: 'delivery',
      collect_at: null,
      address,
      payment: {
        ...aMail('order_placed').order.payment,
        status: 'captured',
        captured_minor: 7200,
        deadline: null,
      },
    }),
  ],
  ['ready to collect', aMail('order_ready', { ready: true })],
  [
    'sent, with its carrier and number',
    aMail(
      'order_sent',
      {
        ...{ status: 'fulfilled', delivery: 'delivery', collect_at: null, address },
        events: [{ id: 7, kind: 'handed_over', detail: { parcel: bpost }, at: '2026-11-30T09:00:00Z' }],
      },
      { kind: 'handed_over', detail: { parcel: bpost } },
    ),
  ],
  [
    'its tracking number, corrected',
    aMail(
      'order_sent',
      {
        ...{ status: 'fulfilled', delivery: 'delivery', collect_at: null, address },
        events: [
          { id: 5, kind: 'handed_over', detail: { parcel: bpost }, at: '2026-11-30T09:00:00Z' },
          {
            ...{ id: 7, kind: 'parcel_changed', at: '2026-11-30T09:00:00Z' },
            detail: { hand_over: 5, parcel: { carrier: 'Bike of Bo', tracking_number: 'BO-17' } },
          },
        ],
      },
      { kind: 'parcel_changed', detail: { hand_over: 5, parcel: bpost } },
    ),
  ],
  ['sent', aMail('order_sent', { status: 'fulfilled', delivery: 'delivery', collect_at: null, address })],
  [
    'placed with a discount and a delivery',
    aMail('order_placed', {
      delivery: 'delivery',
      collect_at: null,
      address,
      discount_minor: 720,
      delivery_minor: 490,
      total_minor: 6970,
      invoices: [],
      worth_minor: 6970,
      tax_minor: 1113,
      payment: { ...aMail('order_placed').order.payment, status: 'captured', amount_minor: 6970 },
    }),
  ],
  [
    'one unit missing',
    aMail(
      'order_reduced',
      { items: [{ ...aMail('order_placed').order.items[0], cancelled: 1 }], worth_minor: 3600 },
      { kind: 'short', detail: { title: 'Jug', missing: 1, cancelled: 1 } },
    ),
  ],
  [
    'cancelled because nobody paid',
    aMail(
      'order_cancelled',
      { status: 'cancelled' },
      { kind: 'cancelled', detail: { reason: 'not paid in time' } },
    ),
  ],
  ['refunded', aMail('order_refunded', {}, { kind: 'refunded', detail: { amount_minor: 3600 } })],
  [
    'a reminder to collect an order',
    aMail('payment_reminder', { ready: true }, { kind: 'payment_reminded' }),
  ],
  [
    'a reminder to pay',
    aMail('payment_reminder', { status: 'awaiting_payment' }, { kind: 'payment_reminded' }),
  ],
  [
    'payment declined',
    aMail('payment_declined', { status: 'awaiting_payment' }, { kind: 'payment_declined' }),
  ],
])('%s reads well as plain text', async (_, mail) => {
  const letter = await letterOf(mail, siteUrl, 'Fewings')
  expect(`${letter.subject}\n\n${letter.text}`).toMatchSnapshot()
})

test.each(DueOrderMail.shape.kind.options)(
  '%s says the same in both parts, once, with its link',
  async (kind) => {
    const letter = await letterOf(aMail(kind), siteUrl, 'Fewings')
    const link = `https://shop.test/orders/00000000-0000-4000-8000-000000000002/key/${'a'.repeat(43)}`
    expect(letter).toMatchObject({ to: 'ada@example.test', messageId: '<order-event-7@shop.test>' })
    expect(letter.html).toContain(`href="${link}"`)
    expect(letter.text).toContain(link)
    expect(letter.html).not.toMatch(/undefined|null|\[object|NaN/)
    expect(letter.text).not.toMatch(/undefined|null|\[object|NaN/)
  },
)

test('the order of an account is linked by its address alone', async () => {
  const letter = await letterOf({ ...aMail('order_placed'), order_token: null }, siteUrl, 'Fewings')
  expect(letter.text).toContain('https://shop.test/orders/00000000-0000-4000-8000-000000000002')
  expect(letter.text).not.toContain('/key/')
})
