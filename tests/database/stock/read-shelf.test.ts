import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { GET } from '@/app/(shop)/shelf/route'
import { spendShelfRequest } from '@/lib/server/network/request-rate'
import { readShelf } from '@/lib/server/platform/read-shelf'
import {
  actAs,
  aShop,
  connect,
  deliver,
  refusal,
  rolledBack,
  secretKey,
  shopper,
} from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

const shelfAt = (query: string, headers: Record<string, string> = {}) =>
  GET(new Request(`http://shop.test/shelf?${query}`, { headers }))

test('the shelf is read in one document: the rows that a guest may select, of products and of variants', () =>
  rolledBack(sql, async (tx) => {
    const [lamp, vase] = [await aShop(tx, 2), await aShop(tx, 2)]
    await deliver(tx, lamp.variants[0] ?? '', lamp.locations[0], 3)
    await actAs(tx, secretKey)
    const [{ shelf = [] } = {}] = await tx<
      { shelf: { variant_id: string }[] }[]
    >`select public.read_shelf(${[lamp.productId]}, ${vase.variants.slice(0, 1)}) as shelf`
    await actAs(tx, shopper)
    const seen = await tx`select variant_id, product_id, band, "left", version::int from public.shelf
      where product_id = ${lamp.productId} or variant_id = ${vase.variants[0] ?? ''}`

    expect(seen).toHaveLength(3)
    expect(shelf.toSorted(byVariant)).toEqual(
      [...seen]
        .map((row) => ({ variant_id: String(row.variant_id), ...row, announced: null }))
        .toSorted(byVariant),
    )
  }))

test('nobody but the shop’s server reads it so, and not more than 5000 ids at once', () =>
  rolledBack(sql, async (tx) => {
    for (const caller of [shopper, { role: 'authenticated', userId: randomUUID() } as const]) {
      await actAs(tx, caller)
      await expect(tx.savepoint((nested) => nested`select public.read_shelf()`)).rejects.toMatchObject({
        code: '42501',
      })
    }
    await actAs(tx, secretKey)
    const ids = Array.from({ length: 5_001 }, () => randomUUID())
    expect(await refusal(tx.savepoint((nested) => nested`select public.read_shelf(${ids})`))).toMatchObject({
      status: 422,
      code: 'invalid_input',
    })
  }))

test('a product with 2,048 variants is read whole, by an open page and by the server render', async () => {
  const { productId } = await aShop(sql, 2_048)

  const page = (await (await shelfAt(`product_id=in.(${productId})`)).json()) as unknown[]

  expect(page).toHaveLength(2_048)
  expect((await readShelf({ product_id: [productId] })).rows).toHaveLength(2_048)
})

test('an open page learns how old its rows are, and that it has them already', async () => {
  const { productId, variants, locations } = await aShop(sql)
  const query = `product_id=in.(${productId})`
  const first = await shelfAt(query)
  const etag = first.headers.get('etag') ?? ''
  const same = await shelfAt(query, { 'if-none-match': etag })
  await deliver(sql, variants[0] ?? '', locations[0], 3)

  expect(Number(first.headers.get('shelf-age'))).toBe(0)
  expect(same.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=1')
  expect(first.headers.has('set-cookie') || first.headers.has('vary')).toBe(false)
  expect([same.status, await same.text()]).toEqual([304, ''])
  expect(same.headers.get('shelf-age')).not.toBeNull()
  await expect
    .poll(async () => (await shelfAt(query, { 'if-none-match': etag })).status, { timeout: 5_000 })
    .toBe(200)
  expect(await (await shelfAt(query)).json()).toMatchObject([{ product_id: productId, left: 3, band: 'low' }])
})

test('a product that does not exist is an empty answer, and a request of another form is none', async () => {
  const id = randomUUID()
  const many = Array.from({ length: 101 }, () => randomUUID()).join()

  expect(await (await shelfAt(`variant_id=in.(${id})`)).json()).toEqual([])
  for (const query of [
    '',
    'product_id=in.()',
    `product_id=eq.${id}`,
    `product_id=in.(${id.toUpperCase()})`,
    `product_id=in.(${id}',1)`,
    `product_id=in.(${id})&select=*`,
    `product_id=in.(${id})&product_id=in.(${id})`,
    `band=in.(${id})`,
    `product_id=in.(${many})`,
  ]) {
    const refused = await shelfAt(query)
    expect([query, refused.status, refused.headers.get('cache-control')]).toEqual([query, 400, 'no-store'])
  }
})

test('a network pays more for ids that nobody follows than for those on other screens', () => {
  const at = performance.now()

  for (let request = 0; request < 4; request += 1)
    expect(spendShelfRequest('198.51.100.7', 500, at)).toBeNull()
  expect(spendShelfRequest('198.51.100.7', 1, at)).toBe(2)
  expect(spendShelfRequest('198.51.100.7', 1, at + 1_000)).toBeNull()
})

function byVariant(one: { variant_id?: string }, other: { variant_id?: string }): number {
  return (one.variant_id ?? '') < (other.variant_id ?? '') ? -1 : 1
}
