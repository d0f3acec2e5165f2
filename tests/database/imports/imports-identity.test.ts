import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver, refusal, rolledBack, type Tx } from '@/tests/support/database'
import type { Line } from '@/tests/support/shop/catalogue-file'
import { aHandle, aLocation, applied, previewed, staged } from '@/tests/support/shop/imports'

// Which variant a line is about: by its SKU, else by handle and choices; and what contradicts the catalogue.
const sql = connect(2)
afterAll(() => sql.end())

const one = (handle: string, change: Line = {}): Line => ({
  Handle: handle,
  Title: 'Bowl',
  'Variant Price': '5',
  ...change,
})
const size = (handle: string, value: string, change: Line = {}): Line =>
  one(handle, { 'Option1 Name': 'Size', 'Option1 Value': value, ...change })

const skus = async (tx: Tx, handle: string) =>
  (
    await tx`select sku from public.variants join public.products on products.id = product_id where handle = ${handle} order by sku`
  ).map((row) => row.sku)

/** Imports the lines, each as one file, into one location. */
async function files(tx: Tx, ...contents: Line[][]) {
  const place = await aLocation(tx)
  for (const lines of contents) await applied(tx, await staged(tx, place, lines))
  return place
}

test('a SKU that is added later goes to the variant with the same choices', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()

    await files(tx, [size(handle, 'Small')], [size(handle, 'Small', { 'Variant SKU': `${handle}-S` })])

    expect(await skus(tx, handle)).toEqual([`${handle}-S`])
  }))

test('a variant that has a SKU keeps it when a file names none', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()

    await files(tx, [size(handle, 'Small', { 'Variant SKU': `${handle}-S` })], [size(handle, 'Small')])

    expect(await skus(tx, handle)).toEqual([`${handle}-S`])
  }))

test('a choice can be renamed where the SKU says which variant it is', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()
    const sku = { 'Variant SKU': `${handle}-S` }

    await files(tx, [size(handle, 'Small', sku)], [size(handle, 'Petite', sku)])

    const variants = await tx`select option_values from public.variants where sku = ${`${handle}-S`}`
    expect([...variants]).toEqual([{ option_values: ['Petite'] }])
  }))

test('variants that would derive one SKU get two, and the same two every time', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()
    const lines = [size(handle, 'A/B'), size(handle, 'A-B', { Title: '' })]

    const place = await files(tx, lines)
    const first = await skus(tx, handle)
    const again = await previewed(tx, await staged(tx, place, lines))

    expect(first).toHaveLength(2)
    expect(first).toEqual([
      expect.stringMatching(/-A-B-[0-9A-F]{6}$/),
      expect.stringMatching(/-A-B-[0-9A-F]{6}$/),
    ])
    expect(again.changes).toEqual([])
  }))

test('a derived SKU gives way to one that another product has', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()

    await files(tx, [size(handle, 'Large')], [one(`${handle}-large`)])

    expect(await skus(tx, handle)).toEqual([`${handle.toUpperCase()}-LARGE`])
    expect(await skus(tx, `${handle}-large`)).toEqual([expect.stringMatching(/-LARGE-[0-9A-F]{6}$/)])
  }))

test('a SKU of another product is refused by line, and nothing of the file is imported', () =>
  rolledBack(sql, async (tx) => {
    const [handle, other] = [aHandle(), aHandle('bowl')]
    const place = await files(tx, [one(handle, { 'Variant SKU': handle })])
    const id = await staged(tx, place, [one(aHandle('cup')), one(other, { 'Variant SKU': handle })])

    const { conflicts } = await previewed(tx, id)
    const refused = await refusal(tx.savepoint((inner) => applied(inner, id)))

    expect(conflicts).toEqual([
      {
        line: 3,
        column: 'Variant SKU',
        value: handle,
        why: expect.stringContaining(`is or would become "${handle}`),
      },
    ])
    expect(refused).toMatchObject({ status: 409, code: 'import_conflict', detail: { conflicts } })
    expect([
      ...(await tx`select from public.products where handle = ${other} or handle like 'cup-%'`),
    ]).toEqual([])
  }))

test('two variants cannot swap their SKUs or be one and the same', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()
    const [s, l] = [`${handle}-S`, `${handle}-L`]
    const named = (value: string, sku: string, title = 'Bowl') =>
      size(handle, value, { 'Variant SKU': sku, Title: title })
    const place = await files(tx, [named('Small', s), named('Large', l, '')])

    const swapped = await previewed(tx, await staged(tx, place, [named('Small', l), named('Large', s, '')]))
    const doubled = await previewed(
      tx,
      await staged(tx, place, [named('Petite', s), named('Small', `${handle}-X`, '')]),
    )

    expect(swapped.conflicts.map(({ line, column }) => [line, column])).toEqual([
      [2, 'Variant SKU'],
      [3, 'Variant SKU'],
    ])
    expect(doubled.conflicts.map(({ why }) => why)).toEqual(
      Array(2).fill('is the same variant as another line of the file'),
    )
  }))

test('a product cannot get another number of choices while variants with the old one are not in the file', () =>
  rolledBack(sql, async (tx) => {
    const handle = aHandle()
    const place = await files(tx, [one(handle)])

    const { conflicts } = await previewed(tx, await staged(tx, place, [size(handle, 'Small')]))

    expect(conflicts).toEqual([
      {
        line: 2,
        column: 'Option1 Name',
        value: 'Size',
        why: `variant "${handle.toUpperCase()}" is not in the file and has 0 options: add its line`,
      },
    ])
  }))

test('a file cannot set fewer units than are committed', () =>
  rolledBack(sql, async (tx) => {
    const { variants, locations, productId } = await aShop(tx)
    const [variantId = ''] = variants
    await deliver(tx, variantId, locations[0], 5)
    await tx`update public.stock_levels set safety = 3, available = 2 where variant_id = ${variantId}`
    const [product] = await tx`select handle from public.products where id = ${productId}`
    const line = one(String(product?.handle), {
      'Variant SKU': `MUG-${variantId}`,
      'Option1 Name': 'Kind',
      'Option1 Value': variantId,
      'Variant Inventory Qty': '2',
    })

    const { conflicts } = await previewed(tx, await staged(tx, locations[0], [line]))

    expect(conflicts).toEqual([
      {
        line: 2,
        column: 'Variant Inventory Qty',
        value: '2',
        why: 'fewer than the 3 units held, committed or kept as safety stock here',
      },
    ])
  }))
