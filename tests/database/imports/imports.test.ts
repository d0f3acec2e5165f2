import { afterAll, expect, test } from 'vitest'
import { connect, refusal, rolledBack } from '@/tests/support/database'
import {
  aHandle,
  aLocation,
  applied,
  importedProduct,
  previewed,
  staged,
  twoSizes,
  variantsOf,
} from '@/tests/support/shop/imports'

const sql = connect(2)
afterAll(() => sql.end())

test('a file becomes products, variants, pictures and movements of the ledger', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place } = await importedProduct(tx)

    const [product] = await tx`select * from public.products where handle = ${handle}`
    const media =
      await tx`select position, src, variant_id is not null as of_variant from public.product_media where product_id = ${product?.id}`
    const movements =
      await tx`select delta, reason, note from public.stock_movements where location_id = ${place} order by delta`

    expect(product).toMatchObject({
      title: 'Mug',
      category: 'tea-ware',
      tags: ['clay', 'ash'],
      option_names: ['Size'],
      status: 'active',
    })
    expect([...(await variantsOf(tx, handle))]).toEqual([
      { sku: `${handle.toUpperCase()}-SMALL`, option_values: ['Small'], price_minor: 999, on_hand: 3 },
      { sku: `${handle.toUpperCase()}-LARGE`, option_values: ['Large'], price_minor: 1200, on_hand: 1 },
    ])
    expect([...media]).toEqual([{ position: 1, src: 'https://cdn.test/small.jpg', of_variant: true }])
    expect([...movements]).toEqual([
      { delta: 1, reason: 'import', note: 'mugs.csv' },
      { delta: 3, reason: 'import', note: 'mugs.csv' },
    ])
    expect([...(await tx`select * from private.inventory_drift()`)]).toEqual([])
  }))

test('the movements name the import as their document', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]

    const row = await applied(tx, await staged(tx, place, twoSizes(handle)))

    const documents =
      await tx`select distinct document from public.stock_movements where location_id = ${place}`
    expect([...documents]).toEqual([{ document: row?.document }])
    expect(row?.document).toMatch(/^import-\d+$/)
  }))

test('importing again changes nothing: no row, no version, no movement', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place } = await importedProduct(tx)
    const state = () => tx`
      select products.version, variants.version as variant_version, availability.version as availability_version,
        (select count(*) from public.stock_movements) as movements
      from public.products join public.variants on variants.product_id = products.id
      join public.availability on availability.variant_id = variants.id
      where handle = ${handle} order by variants.position`
    const before = [...(await state())]

    const again = await staged(tx, place, twoSizes(handle))
    const preview = await previewed(tx, again)
    await applied(tx, again)

    expect(preview.changes).toEqual([])
    expect(preview.import.summary).toMatchObject({
      products: { unchanged: 1 },
      variants: { unchanged: 2 },
      units_in: 0,
    })
    expect([...(await state())]).toEqual(before)
  }))

test('the preview says what changes, field by field, and applying does just that', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small, large } = await importedProduct(tx)
    const changed = [
      { ...small, Title: 'Big mug' },
      { ...large, 'Variant Price': '13', 'Variant Inventory Qty': '4' },
    ]

    const id = await staged(tx, place, changed)
    const { changes, import: shown } = await previewed(tx, id)
    const row = await applied(tx, id, shown.summary.fingerprint)

    expect(shown.summary).toMatchObject({
      products: { new: 0, changed: 1, unchanged: 0 },
      variants: { new: 0, changed: 1, unchanged: 1 },
      fields: { title: 1, price_minor: 1, on_hand: 1 },
      units_in: 3,
      units_out: 0,
    })
    expect(
      changes.map(({ before, after }) => [
        before?.title ?? before?.price_minor,
        after.title ?? after.price_minor,
      ]),
    ).toEqual([
      ['Mug', 'Big mug'],
      [1200, 1300],
    ])
    expect(row?.summary).toEqual(shown.summary)
    expect((await previewed(tx, id)).changes).toEqual(changes)
    expect(await variantsOf(tx, handle)).toMatchObject([{ on_hand: 3 }, { price_minor: 1300, on_hand: 4 }])
  }))

test('after sales, the file claims its number again and the preview shows the difference', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small } = await importedProduct(tx)
    const [variant] = await tx`select id from public.variants where sku = ${`${handle.toUpperCase()}-SMALL`}`
    await tx`select public.adjust_stock(${variant?.id}, ${place}, -2, 'damage', gen_random_uuid())`

    const id = await staged(tx, place, [small])
    const preview = await previewed(tx, id)
    await applied(tx, id)

    expect(preview.changes).toMatchObject([{ before: { on_hand: 1 }, after: { on_hand: 3 } }])
    expect(await variantsOf(tx, handle)).toMatchObject([{ on_hand: 3 }, { on_hand: 1 }])
  }))

test('nothing is written when something moved since the preview', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small } = await importedProduct(tx)
    const id = await staged(tx, place, [{ ...small, 'Variant Inventory Qty': '8' }])
    const { fingerprint } = (await previewed(tx, id)).import.summary
    const [variant] = await tx`select id from public.variants where sku = ${`${handle.toUpperCase()}-SMALL`}`
    await tx`select public.adjust_stock(${variant?.id}, ${place}, -1, 'damage', gen_random_uuid())`

    const refused = await refusal(tx.savepoint((inner) => applied(inner, id, fingerprint)))

    expect(refused).toMatchObject({ status: 409, code: 'import_changed' })
    expect(await variantsOf(tx, handle)).toMatchObject([{ on_hand: 2 }, {}])
    const shown = (await previewed(tx, id)).import.summary.fingerprint
    expect(refused.detail).toEqual({ fingerprint: shown })
    await applied(tx, id, shown)
    expect(await variantsOf(tx, handle)).toMatchObject([{ on_hand: 8 }, {}])
  }))
