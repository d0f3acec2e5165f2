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

// The fields that a file sets, and those it leaves alone.
const sql = connect(2)
afterAll(() => sql.end())

test('variants that are not in the file stay', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small } = await importedProduct(tx)

    await applied(tx, await staged(tx, place, [{ ...small, 'Variant Price': '8' }]))

    expect(await variantsOf(tx, handle)).toMatchObject([
      { price_minor: 800 },
      { option_values: ['Large'], on_hand: 1 },
    ])
  }))

test('fields without a column are kept, blank cells clear theirs', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small } = await importedProduct(tx)
    const line = {
      Handle: handle,
      Title: 'Mug',
      'Option1 Name': 'Size',
      'Option1 Value': 'Small',
      'Variant Price': '9.99',
    }

    await applied(tx, await staged(tx, place, [line]))
    const [kept] = await tx`select tags, category from public.products where handle = ${handle}`
    const counted = await variantsOf(tx, handle)
    await applied(tx, await staged(tx, place, [{ ...small, Tags: '' }]))
    const [blank] = await tx`select tags, category from public.products where handle = ${handle}`

    expect(kept).toEqual({ tags: ['clay', 'ash'], category: 'tea-ware' })
    expect(blank).toEqual({ tags: [], category: 'tea-ware' })
    expect(counted).toMatchObject([{ on_hand: 3 }, {}])
  }))

test('a file may claim fewer units than there are', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small } = await importedProduct(tx)

    const id = await staged(tx, place, [{ ...small, 'Variant Inventory Qty': '1' }])
    const { summary } = (await previewed(tx, id)).import
    await applied(tx, id)

    expect(summary).toMatchObject({ units_in: 0, units_out: 2 })
    expect(await variantsOf(tx, handle)).toMatchObject([{ on_hand: 1 }, {}])
    expect([...(await tx`select * from private.inventory_drift()`)]).toEqual([])
  }))

test('a former price and a barcode stay when the file has no such column and go when it is blank', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const line = { Handle: handle, Title: 'Mug', 'Variant Price': '9' }
    const extras = () =>
      tx`select compare_at_minor, barcode from public.variants where sku = ${handle.toUpperCase()}`

    await applied(
      tx,
      await staged(tx, place, [{ ...line, 'Variant Compare At Price': '12', 'Variant Barcode': '4006' }]),
    )
    await applied(tx, await staged(tx, place, [line]))
    const [kept] = await extras()
    await applied(
      tx,
      await staged(tx, place, [{ ...line, 'Variant Compare At Price': '', 'Variant Barcode': '' }]),
    )
    const [blank] = await extras()

    expect(kept).toEqual({ compare_at_minor: 1200, barcode: '4006' })
    expect(blank).toEqual({ compare_at_minor: null, barcode: null })
  }))

test('a file that could not be read is kept with its reasons and never applied', () =>
  rolledBack(sql, async (tx) => {
    const place = await aLocation(tx)
    const problems = [{ line: 7, column: 'Variant Price', value: '9,99', why: 'has a comma' }]
    const [begun] = await tx`
      select id from public.begin_import('bad.csv', gen_random_uuid(), ${place}, problems => ${tx.json(problems)})`
    const id = String(begun?.id)

    const { conflicts } = await previewed(tx, id)
    const refused = await refusal(tx.savepoint((inner) => applied(inner, id)))

    expect(conflicts).toEqual(problems)
    expect(refused).toMatchObject({ code: 'import_conflict', detail: { conflicts: problems } })
  }))

test('an unpublished product is a draft that shoppers do not see', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const lines = twoSizes(handle).map((line) => ({ ...line, Published: line.Title ? 'false' : '' }))

    await applied(tx, await staged(tx, place, lines))

    const bands = await tx`
      select distinct products.status, shelf.band from public.products join public.shelf on shelf.product_id = products.id
      where handle = ${handle}`
    expect([...bands]).toEqual([{ status: 'draft', band: 'unlisted' }])
  }))

test('a product without a category in the file is listed under everything else', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]

    await applied(tx, await staged(tx, place, [{ Handle: handle, Title: 'Bowl', 'Variant Price': '1' }]))

    const [category] = await tx`
      select categories.title from public.categories join public.products on products.category = categories.slug where handle = ${handle}`
    expect(category).toEqual({ title: 'Everything else' })
  }))
