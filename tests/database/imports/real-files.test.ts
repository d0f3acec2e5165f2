import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, rolledBack, type Tx } from '@/tests/support/database'
import { type Line, testProduct } from '@/tests/support/shop/catalogue-file'
import { aHandle, aLocation, applied, previewed, staged, twoSizes } from '@/tests/support/shop/imports'

// Files of other systems: other addresses, cells only to keep, a few columns to change.
const sql = connect(1)
afterAll(() => sql.end())

const product = async (tx: Tx, handle: string) =>
  (await tx`select id, title, tags, option_names, status from public.products where handle = ${handle}`)[0]

/** Stages a file that has these columns and no others. */
const only = (tx: Tx, place: string, lines: Line[]) => staged(tx, place, lines, Object.keys(lines[0] ?? {}))

test('a handle that is no address becomes one, the old one leads to it, and imported again nothing changes', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const lines = [{ ...testProduct, Handle: `${handle}_Straße™` }]
    await applied(tx, await staged(tx, place, lines))

    const made = await product(tx, `${handle}-strassetm`)
    expect(
      await tx`select product_id from public.product_addresses where handle = ${`${handle}_Straße™`}`,
    ).toEqual([{ product_id: made?.id }])
    const again = await previewed(tx, await staged(tx, place, lines))
    expect(again.changes).toEqual([])
  }))

test('a handle that would become the address of another product is replaced by a separate one', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const other = [{ ...testProduct, Handle: handle.replaceAll('-', '_'), Title: 'Other' }]
    await applied(tx, await staged(tx, place, [{ ...testProduct, Handle: handle }]))

    await applied(tx, await staged(tx, place, other))

    expect(await product(tx, handle)).toMatchObject({ title: 'Mug' })
    expect((await previewed(tx, await staged(tx, place, other))).changes).toEqual([])
  }))

test('a file with a few columns changes those and nothing else', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    await applied(tx, await staged(tx, place, twoSizes(handle)))

    const id = await only(tx, place, [{ Handle: handle, Title: 'Mug', Tags: 'ash, wood' }])

    expect((await previewed(tx, id)).changes).toMatchObject([
      { subject: 'product', after: { tags: ['ash', 'wood'] } },
    ])
    expect((await previewed(tx, id)).import.summary).toMatchObject({ fields: { tags: 1 }, units_in: 0 })
    await applied(tx, id)
    expect(await product(tx, handle)).toMatchObject({ option_names: ['Size'], status: 'active' })
  }))

test('a line without options means the variant with its SKU, or the only one of its product', () =>
  rolledBack(sql, async (tx) => {
    const [handle, single, place] = [aHandle(), aHandle(), await aLocation(tx)]
    const sizes = twoSizes(handle).map((line, index) => ({ ...line, 'Variant SKU': `${handle}-${index}` }))
    await applied(tx, await staged(tx, place, [...sizes, { ...testProduct, Handle: single }]))

    const id = await only(tx, place, [
      { Handle: handle, 'Variant SKU': `${handle}-1`, 'Variant Inventory Qty': '9' },
      { Handle: single, 'Variant SKU': '', 'Variant Inventory Qty': '9' },
    ])

    const { changes, conflicts } = await previewed(tx, id)
    expect(conflicts).toEqual([])
    expect(changes).toMatchObject([
      { sku: `${handle}-1`, before: { on_hand: 1 }, after: { on_hand: 9, option_values: ['Large'] } },
      { sku: single.toUpperCase(), after: { on_hand: 9 } },
    ])
  }))

test('a new product says what it lacks, and so does a line that could be several variants', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    await applied(tx, await staged(tx, place, twoSizes(handle)))

    const id = await only(tx, place, [
      { Handle: aHandle(), Tags: 'a', 'Variant SKU': '', 'Variant Barcode': '' },
      { Handle: aHandle(), 'Variant SKU': `S-${handle}` },
      { Handle: handle, 'Variant Barcode': `B-${handle}` },
    ])

    expect(
      (await previewed(tx, id)).conflicts.map(({ line, column }) => `${line} ${column}`).toSorted(),
    ).toEqual([
      '2 Title',
      '2 Variant Price',
      '3 Title',
      '3 Variant Price',
      '4 Option1 Value',
      '4 Variant Price',
    ])
  }))

test('cells that the shop only keeps stay with product and variant, change by the file and go back', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const kept = async () =>
      (
        await tx`
          select kept.columns from public.kept_columns as kept
          left join public.variants on variants.id = kept.variant_id
          join public.products on products.id = coalesce(kept.product_id, variants.product_id)
          where products.handle = ${handle} order by kept.variant_id nulls first`
      ).map(({ columns }) => columns)
    const line = { ...testProduct, Handle: handle, 'SEO Title': 'Mug', 'Variant Grams': '300' }
    await applied(tx, await staged(tx, place, [line]))
    expect(await kept()).toEqual([{ 'SEO Title': ['Mug'] }, { 'Variant Grams': '300' }])

    await applied(
      tx,
      await staged(tx, place, [{ ...testProduct, Handle: handle, 'SEO Title': 'A mug', 'Tax code': '' }]),
    )

    expect(await kept()).toEqual([{ 'SEO Title': ['A mug'] }, { 'Variant Grams': '300' }])
  }))

test('staff read what is kept and other addresses, shoppers do not', () =>
  rolledBack(sql, async (tx) => {
    const place = await aLocation(tx)
    await applied(
      tx,
      await staged(tx, place, [{ ...testProduct, Handle: `${aHandle()}_x`, 'SEO Title': 'Mug' }]),
    )
    const readable = async () => [
      (await tx`select from public.kept_columns`).length > 0,
      (await tx`select from public.product_addresses`).length > 0,
    ]

    const [viewer, shopper] = [await person(tx, 'viewer'), await person(tx)]
    await actAs(tx, viewer)
    expect(await readable()).toEqual([true, true])
    await actAs(tx, shopper)
    expect(await readable()).toEqual([false, false])
  }))
