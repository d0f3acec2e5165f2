import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  guest as anonymous,
  connect,
  person,
  refused,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { as } from '@/tests/support/shop/orders'
import { drift } from '@/tests/support/shop/shopping'
import { placeDelivered, quote, toHamburg } from '@/tests/support/totals/delivery'
import { aBuyer, addDiscount, enterCode } from '@/tests/support/totals/discounts'

const sql = connect(2)
afterAll(() => sql.end())

async function setRate(tx: Tx, country: unknown, category: unknown, rate: unknown, key = randomUUID()) {
  const [row] = await tx`select public.set_tax_rate(${key}, ${country as string}, ${category as string},
    ${rate as number}) as rate`
  return row?.rate
}

const toVienna = { country: 'AT', postcode: '1010' }

test('the tax in a price is that of the country of delivery; the price stays', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.shop_settings set country = 'DE'`
    await setRate(tx, 'AT', null, 2000)
    const { guest } = await aBuyer(tx)

    expect(await guest.cart()).toMatchObject({ tax_minor: 383, is_taxed_by_country: true })
    // 2400 at 19 % include 383 (383.19); at 20 % 400.
    expect(await quote(tx, guest.token, null)).toMatchObject({ total_minor: 2400, tax_minor: 383 })
    expect(await quote(tx, guest.token, toHamburg)).toMatchObject({ total_minor: 2400, tax_minor: 383 })
    expect(await quote(tx, guest.token, toVienna)).toMatchObject({
      total_minor: 2400,
      tax_minor: 400,
      taxes: [{ rate_bp: 2000, amount_minor: 2400, tax_minor: 400 }],
    })
    const placed = await placeDelivered(tx, guest, toVienna, 2400)
    await setRate(tx, 'AT', null, 1000)
    expect(await guest.order(placed.order_id)).toMatchObject({
      tax_minor: 400,
      taxes: [{ rate_bp: 2000, amount_minor: 2400, tax_minor: 400 }],
    })
    expect(await drift(tx)).toEqual([])
  }))

test('a rate of the country comes before one of all countries, one of the category before one of all', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.shop_settings set country = 'DE'`
    const rateOf = async (country: string | null, category = 'tests') =>
      (await tx`select private.tax_rate_of(${country}, ${category}, 1900) as rate`)[0]?.rate
    await aBuyer(tx)

    await setRate(tx, null, 'tests', 700)
    expect([await rateOf('AT'), await rateOf(null), await rateOf('AT', 'others')]).toEqual([700, 700, 1900])
    await setRate(tx, 'AT', null, 2000)
    expect([await rateOf('AT'), await rateOf('FR'), await rateOf('AT', 'others')]).toEqual([2000, 700, 2000])
    await setRate(tx, 'AT', 'tests', 1000)
    expect([await rateOf('AT'), await rateOf('AT', 'others')]).toEqual([1000, 2000])
    await setRate(tx, 'DE', null, 1600)
    expect(await rateOf(null), 'collected: in the country of the shop').toBe(1600)
    await setRate(tx, 'AT', 'tests', null)
    expect(await rateOf('AT')).toBe(2000)
  }))

test('a discount is taxed at the rate of the country, too', () =>
  rolledBack(sql, async (tx) => {
    await setRate(tx, 'AT', null, 2000)
    const { guest } = await aBuyer(tx)
    const { code } = await addDiscount(tx)
    await enterCode(tx, guest.token, code)

    // 2160 at 20 % include 360.
    expect(await quote(tx, guest.token, toVienna)).toMatchObject({ total_minor: 2160, tax_minor: 360 })
  }))

test.for([
  ['JPY', 1000, 91],
  ['KWD', 12_345, 1122],
] as const)('tax in %s is rounded to its own minor unit', ([currency, minor, tax]) =>
  rolledBack(sql, async (tx) => {
    await setRate(tx, 'AT', null, 1000)
    const { guest, variantId } = await aBuyer(tx, 1)
    await tx`update public.shop_settings set currency = ${currency}`
    await tx`update public.variants set price_minor = ${minor} where id = ${variantId}`
    await tx`update public.cart_lines set price_minor = ${minor} where variant_id = ${variantId}`

    expect(await quote(tx, guest.token, toVienna)).toMatchObject({ total_minor: minor, tax_minor: tax })
    const placed = await placeDelivered(tx, guest, toVienna, minor)
    expect(placed).toMatchObject({ total_minor: minor, tax_minor: tax, currency })
    expect(await drift(tx)).toEqual([])
  }),
)

test('a rate is set once per key, replaced and removed, each with a line in the trail', () =>
  rolledBack(sql, async (tx) => {
    const key = randomUUID()
    expect(await setRate(tx, 'AT', null, 2000, key)).toEqual(await setRate(tx, 'AT', null, 2000, key))
    await setRate(tx, 'AT', null, 1000)
    expect([...(await tx`select country, category, rate_bp from public.tax_rates`)]).toEqual([
      { country: 'AT', category: null, rate_bp: 1000 },
    ])
    await setRate(tx, 'AT', null, null)
    expect(await tx`select from public.tax_rates`).toHaveLength(0)
    const trail = await tx`select action from public.audit_trail where subject = 'tax_rate' order by id`
    expect(trail.map(({ action }) => action)).toEqual(['created', 'changed', 'removed'])
  }))

test('of a thousand rates each can be changed and removed, and no other is added', () =>
  rolledBack(sql, async (tx) => {
    await tx`insert into public.categories (slug, title) values ('taxed', 'Taxed')`
    await tx`insert into public.tax_rates (country, category, rate_bp)
      select chr(65 + n / 26 % 26) || chr(65 + n % 26), case when n >= 676 then 'taxed' end, 2000
      from generate_series(0, 999) as n`
    expect(await refused(tx, (nested) => setRate(nested, null, 'taxed', 1000))).toMatchObject({
      code: 'invalid_input',
      detail: { field: 'rate' },
    })
    expect(await setRate(tx, 'AT', null, 1000)).toMatchObject({ rate_bp: 1000 })
    await setRate(tx, 'AT', null, null)
    expect(await tx`select from public.tax_rates`).toHaveLength(999)
  }))

test('a category that is removed takes its rates with it', () =>
  rolledBack(sql, async (tx) => {
    await tx`insert into public.categories (slug, title) values ('taxed', 'Taxed')`
    await setRate(tx, 'AT', 'taxed', 1000)
    await tx`delete from public.categories where slug = 'taxed'`
    expect(await tx`select from public.tax_rates`).toHaveLength(0)
  }))

test.for([
  ['country', ['at', null, 2000]],
  ['country', ['AUT', null, 2000]],
  ['country', [null, null, 2000]],
  ['category', ['AT', 'no-such', 2000]],
  ['rate_bp', ['AT', null, -1]],
  ['rate_bp', ['AT', null, 10_001]],
] as const)('a rate with a bad %s is refused: %j', ([field, [country, category, rate]]) =>
  rolledBack(sql, async (tx) => {
    expect(await refused(tx, (nested) => setRate(nested, country, category, rate))).toMatchObject({
      code: 'invalid_input',
      detail: { field },
    })
  }),
)

test('only managers set rates, and shoppers read none', () =>
  rolledBack(sql, async (tx) => {
    await setRate(tx, 'AT', null, 2000)
    for (const caller of [await person(tx), await person(tx, 'stock')]) {
      const attempt = async (nested: Tx) => {
        await actAs(nested, caller)
        await setRate(nested, 'AT', null, 0)
      }
      expect(await refused(tx, attempt)).toMatchObject({ code: 'role_required', detail: { role: 'manager' } })
    }
    const read = () => tx`select from public.tax_rates`
    expect(await as(tx, await person(tx), read)).toHaveLength(0)
    expect(await as(tx, await person(tx, 'viewer'), read)).toHaveLength(1)
    expect(await as(tx, anonymous, read)).toHaveLength(1)
  }))
