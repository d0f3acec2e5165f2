import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack, secretKey, type Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aCart, asks, outcomes, placeAll, placeOwn } from '@/tests/support/shop/orders-together'
import { aToken, drift, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(1)
afterAll(() => sql.end())

const home = { line1: '1 Quay', postcode: '20095', city: 'Hamburg', country: 'DE' }
const delivered = (address: object) => ({ payment: 'sandbox', delivery: { method: 'delivery', address } })
const contact = (part: object) => ({ contact: { email: 'ada@example.test', name: 'Ada', ...part } })

/** The field that place_orders finds wrong with a cart of one mug; undefined when it is ordered. */
async function wrongWith(tx: Tx, part: object): Promise<unknown> {
  const { variantId } = await stockedVariant(tx)
  const [answer] = await placeAll(tx, [
    asks(await aCart(tx, [[variantId, 1]]), part as Record<string, unknown>),
  ])
  return answer?.refused?.detail.field
}

test.for([
  ['contact.email', contact({ email: ['a@b.test'] })],
  ['contact.email', contact({ email: 'a b@example.test' })],
  ['contact.email', contact({ email: '<script>@example.test' })],
  ['contact.email', contact({ email: 'a@b.test\r\nBcc: x@y.test' })],
  ['contact.email', contact({ email: 'ada@localhost' })],
  ['contact.email', contact({ email: 'a@@b.test' })],
  ['contact.email', contact({ email: `${'a'.repeat(250)}@b.test` })],
  ['contact.name', contact({ name: { a: 1 } })],
  ['contact.name', contact({ name: `A${' '.repeat(2000)}` })],
  ['contact.name', contact({ name: 'Ada\u202eadA' })],
  ['contact.name', contact({ name: '\u200b' })],
  ['contact.name', contact({ name: 'two\nlines' })],
  ['contact.phone', contact({ phone: 5 })],
  ['contact.phone', contact({ phone: '1'.repeat(41) })],
  ['contact', { contact: ['ada@example.test'] }],
  ['delivery.method', { delivery: ['collection'] }],
  ['delivery.method', { delivery: { method: { toString: 'collection' } } }],
  ['delivery.location_id', { delivery: { method: 'collection', location_id: 7 } }],
  ['delivery.address.line1', delivered({ ...home, line1: { a: 1 } })],
  ['delivery.address.postcode', delivered({ ...home, postcode: [1] })],
  ['delivery.address.city', delivered({ ...home, city: true })],
  ['delivery.address.country', delivered({ ...home, country: 'Germany' })],
  ['delivery.address.country', delivered({ ...home, country: '<>' })],
  ['payment', { payment: ['on_collection'] }],
  ['payment', { payment: 'on_collection', delivery: { method: 'delivery', address: home } }],
  ['expected_total_minor', { expected_total_minor: 9.5 }],
  ['expected_total_minor', { expected_total_minor: '1e3' }],
  ['expected_total_minor', { expected_total_minor: '1200' }],
  ['expected_total_minor', { expected_total_minor: 1e30 }],
  ['idempotency_key', { idempotency_key: 'x' }],
  ['order_token', { order_token: 'short' }],
  ['request', contact({ junk: 'x'.repeat(20_000) })],
] as const)('a %s that is not right is refused by name: %j', ([field, part]) =>
  rolledBack(sql, async (tx) => expect(await wrongWith(tx, part)).toBe(field)),
)

test.for([
  ['an address of another script', contact({ email: '用户@例え.テスト' })],
  ['capital letters', contact({ email: 'Ada@Example.Test' })],
  ['a plus', contact({ email: 'ada+shop@mail.example.test' })],
  ['a name with an apostrophe', contact({ name: 'Ada O’Brien-Ñandú' })],
  ['no phone', contact({ phone: null })],
  ['a phone', contact({ phone: '+32 9 123' })],
  ['keys nobody knows', { ...contact({ admin: true }), nonsense: [1] }],
] as const)('%s can be ordered with', ([, part]) =>
  rolledBack(sql, async (tx) => expect(await wrongWith(tx, part)).toBeUndefined()),
)

test('only what is known of a request is stored, and its key keeps a hash of it', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    await theProvider(tx)
    const key = randomUUID()
    const request = asks(await aCart(tx, [[variantId, 1]]), {
      ...contact({ name: '  Ada  ', junk: 'junk-1' }),
      ...delivered({ ...home, junk: 'junk-2' }),
      junk: 'junk-3',
      idempotency_key: key,
    })
    const [first] = await placeAll(tx, [request])
    const [again] = await placeAll(tx, [{ ...request, junk: 'other' }])
    const [changed] = await placeAll(tx, [{ ...request, ...contact({ name: 'Eve' }) }])

    expect(again).toEqual(first)
    expect(changed?.refused?.code).toBe('idempotency_key_reused')
    const [order] =
      await tx`select name, address from public.orders where id = ${first?.order?.order_id ?? null}`
    expect(order).toEqual({ name: 'Ada', address: home })
    const [kept] = await tx`select request from private.idempotency_keys where key = ${key}`
    expect(kept?.request).toMatch(/^[0-9a-f]{64}$/)
  }))

test('one cart is one cart in a call, however its secret is spelt', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const secret = randomUUID()
    const cart = await aCart(tx, [[variantId, 3]])
    const text = `{"t": "${secret}"}`
    await tx`update public.carts set token_hash = sha256(convert_to(${text}, 'UTF8'))
      where token_hash = sha256(convert_to(${cart}, 'UTF8'))`
    const spelt = asks(text, contact({}))

    const twice = tx.savepoint((nested) => placeAll(nested, [spelt, asks(text, contact({}))]))
    expect(await refusal(twice)).toMatchObject({ code: 'invalid_input' })
    const answers = await placeAll(tx, [spelt, asks(aToken(), { cart_token: { t: secret } })])
    expect(outcomes(answers)).toEqual(['placed', 'invalid_input'])
    await tx`set constraints all immediate`
    expect(await drift(tx)).toEqual([])
  }))

test.for([null, {}, 1, 'x', [], Array(101).fill({})])('%j is no list of requests', (requests) =>
  rolledBack(sql, async (tx) => {
    const call = tx.savepoint(
      (nested) => nested`select public.place_orders(${JSON.stringify(requests)}::text::jsonb)`,
    )
    expect(await refusal(call)).toMatchObject({ code: 'invalid_input', detail: { field: 'requests' } })
  }),
)

test('requests that are none are refused one by one', () =>
  rolledBack(sql, async (tx) => {
    const [row] = await tx`select public.place_orders('[null, 1, [], {}, "x", [[]]]') as answers`
    expect(row?.answers.map((answer: { refused: { code: string } }) => answer.refused.code)).toEqual(
      Array(6).fill('invalid_input'),
    )
  }))

test('the sandbox is off unless the deployment enables it', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.payment_providers set enabled = false where provider = 'sandbox'`
    expect(await wrongWith(tx, delivered(home))).toBe('payment')
    expect(await wrongWith(tx, {})).toBeUndefined()
  }))

test('only the shop’s server says which network a guest is in', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const network = 'a'.repeat(32)
    const me = await person(tx)
    const networkOf = async (id?: string) =>
      (await tx`select network from public.orders where id = ${id ?? null}`)[0]?.network

    const cart = await aCart(tx, [[variantId, 1]])
    await actAs(tx, secretKey)
    const [guest] = await placeAll(tx, [asks(cart, { network })])
    await tx`select set_config('role', 'none', true)`
    expect(await networkOf(guest?.order?.order_id)).toBe(network)

    await tx`insert into public.carts (user_id) values (${me.userId ?? null})`
    await tx`insert into public.cart_lines (cart_id, variant_id, quantity, price_minor, held_since)
      select id, ${variantId}, 1, 0, now() from public.carts where user_id = ${me.userId ?? null}`
    await actAs(tx, me)
    const own = await placeOwn(tx, { network })
    await tx`select set_config('role', 'none', true)`
    expect(own.status).toBe('placed')
    expect(await networkOf(own.order_id)).toBeNull()
  }))
