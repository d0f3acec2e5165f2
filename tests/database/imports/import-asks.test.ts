import { afterAll, expect, test } from 'vitest'
import { connect, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { type Line, testProduct } from '@/tests/support/shop/catalogue-file'
import {
  aHandle,
  aLocation,
  answeredAsk,
  applied,
  previewed,
  staged,
  stagedInventory,
} from '@/tests/support/shop/imports'

// Cells that may be wrong wait for an answer, which is for all of a kind and decides what is imported.
const sql = connect(1)
afterAll(() => sql.end())

const variants = (tx: Tx, handle: string) => tx`
  select variants.sku, variants.barcode, variants.option_values, products.tax_rate_bp
  from public.variants join public.products on products.id = variants.product_id
  where products.handle = ${handle} order by variants.position`

const kinds = async (tx: Tx, id: string) =>
  (await previewed(tx, id)).asks.map(({ kind, count, answer }) => ({ kind, count, answer }))

const digits = () => String(Math.floor(Math.random() * 1e9)).padStart(9, '1')

test('a file with a question is applied only when it has an answer, and the last answer holds', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()
    const lines = [{ ...testProduct, Handle: handle, 'Variant SKU': '4.00638E+12' }]
    const id = await staged(tx, await aLocation(tx), lines)

    expect(await refusal(tx.savepoint((t) => applied(t, id)))).toMatchObject({
      code: 'import_conflict',
      detail: { conflicts: [{ line: 2, column: 'Variant SKU', value: '4.00638E+12' }] },
    })
    await answeredAsk(tx, id, 'rounded_code', 'keep')
    await answeredAsk(tx, id, 'rounded_code', 'drop')
    await applied(tx, id)

    expect(await variants(tx, handle)).toMatchObject([{ sku: handle.toUpperCase() }])
  }))

test('an answer to nothing that is asked is refused', () =>
  rolledBack(sql, async (tx) => {
    const id = await staged(tx, await aLocation(tx), [{ ...testProduct, Handle: aHandle() }])

    expect(await refusal(answeredAsk(tx, id, 'rounded_code', 'keep'))).toMatchObject({
      code: 'invalid_input',
      detail: { field: 'kind' },
    })
  }))

test('zeros that a spreadsheet lost are put back as the catalogue has them', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place, code] = [aHandle(), await aLocation(tx), digits()]
    const line = (zeros: string): Line => ({
      ...testProduct,
      Handle: handle,
      'Variant SKU': `${zeros}${code}`,
      'Variant Barcode': `${zeros}7${code}`,
      'Variant Inventory Qty': '',
    })
    await applied(tx, await staged(tx, place, [line('00')]))

    const id = await staged(tx, place, [line('')])
    expect(await kinds(tx, id)).toMatchObject([{ kind: 'lost_zeros', count: 2, answer: null }])
    await answeredAsk(tx, id, 'lost_zeros', 'repair')

    expect((await previewed(tx, id)).changes).toEqual([])
  }))

test('an inventory file that lost the zeros of a SKU means the variant that has them', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place, code] = [aHandle(), await aLocation(tx), digits()]
    await applied(
      tx,
      await staged(tx, place, [{ ...testProduct, Handle: handle, 'Variant SKU': `00${code}` }]),
    )
    const line = { SKU: code, Location: `place-${place}`, 'On hand (current)': '3', 'On hand (new)': '5' }

    const id = await stagedInventory(tx, [line])
    expect(await kinds(tx, id)).toMatchObject([{ kind: 'lost_zeros', count: 1 }])
    await answeredAsk(tx, id, 'lost_zeros', 'repair')

    expect((await previewed(tx, id)).changes).toMatchObject([{ sku: `00${code}`, after: { on_hand: 5 } }])
  }))

test('products without tax are sold without it only after an answer', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const lines = [{ ...testProduct, Handle: handle, 'Variant Taxable': 'false' }]
    const id = await staged(tx, place, lines)
    await answeredAsk(tx, id, 'tax_exempt', 'keep')
    await applied(tx, id)

    expect(await variants(tx, handle)).toMatchObject([{ tax_rate_bp: 0 }])
    // Known by now, it is no question any more.
    expect(await kinds(tx, await staged(tx, place, lines))).toEqual([])
  }))

test('a barcode that another variant of the shop has is asked about, and once it is kept no more', () =>
  rolledBack(sql, async (tx) => {
    const [first, second, place] = [aHandle(), aHandle(), await aLocation(tx)]
    const barcode = `B-${first}`
    const line = (handle: string) => [{ ...testProduct, Handle: handle, 'Variant Barcode': barcode }]
    await applied(tx, await staged(tx, place, line(first)))

    const id = await staged(tx, place, line(second))
    expect(await kinds(tx, id)).toEqual([{ kind: 'shared_barcode', count: 1, answer: null }])
    await answeredAsk(tx, id, 'shared_barcode', 'keep')
    await applied(tx, id)

    expect(await variants(tx, second)).toMatchObject([{ barcode }])
    expect(await kinds(tx, await staged(tx, place, line(second)))).toEqual([])
  }))

test('a price that is a code waits for an answer, and left out the price stays', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const priced = (price: string) => [
      { ...testProduct, Handle: handle, 'Variant SKU': '22423', 'Variant Price': price },
    ]
    const price = async () =>
      (await tx`select price_minor from public.variants where sku = '22423'`)[0]?.price_minor
    await applied(tx, await staged(tx, place, priced('12.00')))

    const mistaken = await staged(tx, place, priced('22423'))
    expect(await kinds(tx, mistaken)).toEqual([{ kind: 'price_is_code', count: 1, answer: null }])
    await answeredAsk(tx, mistaken, 'price_is_code', 'drop')
    expect((await previewed(tx, mistaken)).import.summary.variants.changed).toBe(0)

    const meant = await staged(tx, place, priced('22423'))
    await answeredAsk(tx, meant, 'price_is_code', 'keep')
    await applied(tx, meant)
    expect(await price()).toBe(2_242_300)
    // Known by now, it is no question any more.
    expect(await kinds(tx, await staged(tx, place, priced('22423')))).toEqual([])
  }))

test('a large quantity waits for an answer, and left out it changes no stock', () =>
  rolledBack(sql, async (tx) => {
    const id = await staged(tx, await aLocation(tx), [
      { ...testProduct, Handle: aHandle(), 'Variant Inventory Qty': '22423' },
    ])
    expect((await previewed(tx, id)).import.summary.units_in).toBe(22_423)
    await answeredAsk(tx, id, 'large_quantity', 'drop')

    expect((await previewed(tx, id)).import.summary.units_in).toBe(0)
  }))
