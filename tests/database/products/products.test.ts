import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  person,
  refusal,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { saved, sheetOf } from '@/tests/support/shop/products'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

/** A product in two variants as a manager finds it. */
async function opened(tx: Tx, status: 'active' | 'draft' = 'active') {
  const shop = await aShop(tx, 2, status)
  const manager = await person(tx, 'manager')
  await actAs(tx, manager)
  const sheet = await sheetOf(tx, shop.productId)
  const [first = '', second = ''] = sheet.variants.map(({ id }) => id)
  return { ...shop, manager, sheet, first, second }
}

test('a manager changes texts, prices and pictures in one go, and nothing else moves', () =>
  rolledBack(sql, async (tx) => {
    const { sheet, first, second } = await opened(tx)
    const media = [
      { src: '/art/mug-sky-mustard-7.svg', alt: 'A mug', variant_id: second },
      { src: 'https://photos.test/mug.jpg', alt: '', variant_id: null },
    ]

    const now = await saved(tx, sheet, {
      title: 'Beaker',
      tags: ['stoneware'],
      media,
      variants: { [first]: { price_minor: 1500, compare_at_minor: 1800, barcode: '4006381333931' } },
    })

    expect(now).toMatchObject({ title: 'Beaker', tags: ['stoneware'], media, vendor: sheet.vendor })
    expect(now.version).toBe(sheet.version + 1)
    const [changed, other] = [first, second].map((id) => now.variants.find((each) => each.id === id))
    expect(changed).toMatchObject({ price_minor: 1500, compare_at_minor: 1800, barcode: '4006381333931' })
    expect(other).toEqual(sheet.variants.find(({ id }) => id === second))
    expect(await sheetOf(tx, sheet.id)).toEqual(now)
    await actAsOwner(tx)
    await noDrift(tx)
  }))

test('a save over another staff member’s save is refused with the current product, and writes nothing', () =>
  rolledBack(sql, async (tx) => {
    const { sheet, first } = await opened(tx)
    const theirs = await saved(tx, sheet, { title: 'Beaker' })

    const met = await refusal(
      tx.savepoint((inner) =>
        saved(inner, sheet, { vendor: 'Ilse', variants: { [first]: { price_minor: 1 } } }),
      ),
    )

    expect(met).toMatchObject({ status: 409, code: 'product_moved', detail: { product: theirs } })
    expect(await sheetOf(tx, sheet.id)).toEqual(theirs)
    expect(await saved(tx, theirs, { vendor: 'Ilse' })).toMatchObject({ title: 'Beaker', vendor: 'Ilse' })
  }))

test('one stale variant of two refuses both; a variant that is left alone may have moved', () =>
  rolledBack(sql, async (tx) => {
    const { sheet, first, second } = await opened(tx)
    const theirs = await saved(tx, sheet, { variants: { [first]: { price_minor: 900 } } })

    const both = { [first]: { price_minor: 700 }, [second]: { price_minor: 800 } }
    const met = await refusal(tx.savepoint((inner) => saved(inner, sheet, { variants: both })))
    expect(met).toMatchObject({ code: 'product_moved' })
    expect(await sheetOf(tx, sheet.id)).toEqual(theirs)

    const mine = await saved(tx, sheet, { title: 'Beaker', variants: { [second]: { price_minor: 800 } } })
    expect(mine.variants.map(({ price_minor }) => price_minor).toSorted()).toEqual([800, 900])
  }))

test("an import's changes to pictures, prices and texts are detected, too", async () => {
  const shop = await sql.begin((tx) => aShop(tx, 1))
  const [variantId = ''] = shop.variants
  for (const theirs of [
    (tx: Tx) =>
      tx`insert into public.product_media (product_id, position, src) values (${shop.productId}, 1, '/a.svg')`,
    (tx: Tx) => tx`delete from public.product_media where product_id = ${shop.productId}`,
    (tx: Tx) => tx`update public.products set title = title || '!' where id = ${shop.productId}`,
    (tx: Tx) => tx`update public.variants set price_minor = price_minor + 1 where id = ${variantId}`,
  ]) {
    const seen = await sql.begin((tx) => sheetOf(tx, shop.productId))
    await sql.begin((tx) => theirs(tx))
    await rolledBack(sql, async (tx) => {
      const mine = { vendor: 'Ilse', variants: { [variantId]: { price_minor: 700 } } }
      expect(await refusal(saved(tx, seen, mine))).toMatchObject({ code: 'product_moved' })
    })
  }
})

test('each field knows who made it what it is, and the trail says what it was', () =>
  rolledBack(sql, async (tx) => {
    const { sheet, first, manager } = await opened(tx)

    const now = await saved(tx, sheet, { title: 'Beaker', variants: { [first]: { price_minor: 900 } } })

    expect(now.editors).toEqual({ title: 'manager', [`variants.${first}.price_minor`]: 'manager' })
    const trail = await tx`
      select subject, before, after from public.audit_trail where actor = ${manager.userId ?? ''} order by id`
    expect([...trail]).toEqual([
      { subject: 'product', before: { title: 'Mug' }, after: { title: 'Beaker' } },
      { subject: 'variant', before: { price_minor: 1200 }, after: { price_minor: 900 } },
    ])
    await actAsOwner(tx)
    await tx`select private.leave_trail_to('import-1')`
    await tx`update public.products set title = 'Cup' where id = ${sheet.id}`
    expect((await sheetOf(tx, sheet.id)).editors).not.toHaveProperty('title')
  }))

test('of two saves at the same moment one is first, and the other hears of it', async () => {
  const shop = await sql.begin((tx) => aShop(tx, 2))
  const seen = await sql.begin((tx) => sheetOf(tx, shop.productId))
  const price = { [shop.variants[0] ?? '']: { price_minor: 900 } }
  const save = (title: string) => sql.begin((tx) => saved(tx, seen, { title, variants: price }))

  const saves = await Promise.allSettled([save('Beaker'), save('Tumbler')])

  const [won, lost] = saves.toSorted((a) => (a.status === 'fulfilled' ? -1 : 1))
  expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'PT409', message: 'product_moved' } })
  const now = await sql.begin((tx) => sheetOf(tx, shop.productId))
  expect(won).toEqual({ status: 'fulfilled', value: now })
})

test('the same save sent twice is one save; its key is good for no other', () =>
  rolledBack(sql, async (tx) => {
    const { sheet } = await opened(tx)
    const key = randomUUID()

    const first = await saved(tx, sheet, { title: 'Beaker' }, key)
    await saved(tx, first, { title: 'Tumbler' })
    expect(await saved(tx, sheet, { title: 'Beaker' }, key)).toEqual(first)

    expect((await sheetOf(tx, sheet.id)).title).toBe('Tumbler')
    const other = tx.savepoint((inner) => saved(inner, sheet, { title: 'Bowl' }, key))
    expect(await refusal(other)).toMatchObject({ status: 409, code: 'idempotency_key_reused' })
  }))

test('the address of a draft may change; of what was published it stays', () =>
  rolledBack(sql, async (tx) => {
    const { sheet } = await opened(tx, 'draft')
    const published = await saved(tx, sheet, { handle: `${sheet.handle}-new`, status: 'active' })

    expect(published.handle).toBe(`${sheet.handle}-new`)
    const met = await refusal(tx.savepoint((inner) => saved(inner, published, { handle: 'elsewhere' })))
    expect(met).toMatchObject({ status: 422, detail: { field: 'handle', problem: 'is fixed' } })
  }))

test('every address under which a product was for sale leads to it, also after a time as a draft', () =>
  rolledBack(sql, async (tx) => {
    const { sheet } = await opened(tx, 'active')
    const second = `${sheet.handle}-second`
    const draft = await saved(tx, sheet, { status: 'draft' })
    const again = await saved(tx, draft, { handle: second, status: 'active' })
    const archived = await saved(tx, again, { status: 'archived' })
    const never = await saved(tx, await saved(tx, archived, { status: 'draft' }), {
      handle: `${sheet.handle}-never`,
    })
    await saved(tx, never, { handle: `${sheet.handle}-third`, status: 'active' })

    await actAsOwner(tx)
    const addresses = await tx`
      select handle from public.product_addresses where product_id = ${sheet.id} order by handle`
    expect(addresses.map(({ handle }) => handle)).toEqual([sheet.handle, second])
  }))

test('an address that another product took over leads to that one', () =>
  rolledBack(sql, async (tx) => {
    const { sheet } = await opened(tx, 'active')
    const moved = await saved(tx, await saved(tx, sheet, { status: 'draft' }), {
      handle: `${sheet.handle}-second`,
      status: 'active',
    })
    await actAsOwner(tx)
    const other = await aShop(tx, 1, 'active')
    await tx`update public.products set handle = ${sheet.handle} where id = ${other.productId}`
    await tx`update public.products set status = 'archived' where id = ${other.productId}`

    const [address] = await tx`select product_id from public.product_addresses where handle = ${sheet.handle}`
    expect(address?.product_id).toBe(other.productId)
    expect(moved.handle).not.toBe(sheet.handle)
  }))

test.for([
  [{ title: '' }, 'changes'],
  [{ category: 'no-such-aisle' }, 'category'],
  [{ description_html: '<script>' }, 'changes'],
  [{ status: 'sold' }, 'changes'],
  [{ tax_rate_bp: 10_001 }, 'changes'],
  [{ media: [{ src: 'javascript:1', alt: '', variant_id: null }] }, 'changes'],
  [{ version: 9 }, 'version'],
  [{ variants: [] }, 'changes'],
  [{ variants: { [randomUUID()]: { price_minor: 1 } } }, 'variants'],
  [{ title: 'Beaker', variants: { own: { price_minor: -1 } } }, 'changes'],
  [{ title: 'Beaker', variants: { own: { limit_per_person: 0 } } }, 'changes'],
  [{ title: 'Beaker', variants: { own: { sku: 'X' } } }, 'sku'],
] as [object, string][])(
  'a product cannot become %j, and nothing of such a save is kept',
  ([changes, field]) =>
    rolledBack(sql, async (tx) => {
      const { sheet, first } = await opened(tx)
      const wanted = JSON.parse(JSON.stringify(changes).replace('"own"', `"${first}"`))

      const met = await refusal(tx.savepoint((inner) => saved(inner, sheet, wanted)))

      expect(met).toMatchObject({
        status: 422,
        code: 'invalid_input',
        detail: { field: expect.stringContaining(field) },
      })
      expect(await sheetOf(tx, sheet.id)).toEqual(sheet)
    }),
)

test('a product taken off sale is off the shelf at once, and its sums hold', () =>
  rolledBack(sql, async (tx) => {
    const stocked = await twelveUnits(tx)
    const manager = await person(tx, 'manager')
    const bands = async () => {
      await actAsOwner(tx)
      await noDrift(tx)
      expect([...(await tx`select * from private.category_sizes_drift()`)]).toEqual([])
      const rows = await tx`select band from public.shelf where variant_id = ${stocked.variantId}`
      await actAs(tx, manager)
      return rows[0]?.band
    }
    await actAs(tx, manager)
    const sheet = await sheetOf(tx, stocked.productId)

    const archived = await saved(tx, sheet, { status: 'archived' })
    expect(await bands()).toBe('unlisted')
    const back = await saved(tx, archived, { status: 'active', limited: true })
    expect(await bands()).toBe('in')
    await saved(tx, back, { variants: { [stocked.variantId]: { active: false } } })
    expect(await bands()).toBe('unlisted')
  }))
