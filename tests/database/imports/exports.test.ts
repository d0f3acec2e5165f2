import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Location } from '@/lib/domain/stock/place'
import { inventoryCsv } from '@/lib/server/exports/exports'
import { connect } from '@/tests/support/database'
import { csv, testProduct } from '@/tests/support/shop/catalogue-file'
import { client, differences, exported, imported, linesOf, whole } from '@/tests/support/shop/exports'
import { aHandle, twoSizes } from '@/tests/support/shop/imports'

// Through the Data API, as the command and the staff page do it. Other files change the catalogue at the same time, so
// each test reads its own products in the exported file.
const sql = connect(1)
afterAll(() => sql.end())

test('the demo shop, exported and imported again, changes nothing', async () => {
  const seeded = await sql`select handle from public.products where id::text like '10000000-0000-4000-8000-%'`
  const handles = new Set(seeded.map(({ handle }) => String(handle)))

  const found = await differences(sql, await exported(), (handle) => handles.has(handle))

  expect(found).toEqual({ handles: expect.any(Array), changes: [], conflicts: [] })
  expect(found.handles.toSorted()).toEqual([...handles].toSorted())
})

const FOLDER = resolve('..', 'shared', 'data', 'shopify')
const realFiles = ['apparel.csv', 'home-and-garden.csv']
  .map((name) => resolve(FOLDER, name))
  .filter(existsSync)
if (realFiles.length === 0) console.info(`Not tried: Shopify's own sample files are not in ${FOLDER}.`)

test.for(realFiles)('%s, imported, exported and imported again, changes nothing', async (path) => {
  const handles = new Set(await imported(sql, readFileSync(path)))

  const found = await differences(sql, await exported(), (handle) => handles.has(handle))

  expect(found).toEqual({ handles: expect.any(Array), changes: [], conflicts: [] })
  expect(new Set(found.handles)).toEqual(handles)
})

test('values that are hard to write as CSV survive the round trip', async () => {
  const handle = aHandle()
  await imported(
    sql,
    csv([
      {
        ...testProduct,
        Handle: handle,
        Title: '=HYPERLINK("https://evil.example","Mug")',
        'Body (HTML)': '<p>One, "two"</p>\n<p>&lt;three&gt; &amp; ’four’</p>',
        Vendor: '@Halden & Roe',
        Tags: '-5, +1, a "b"',
        'Variant SKU': `+${handle}`,
        'Option1 Name': 'Größe',
        'Option1 Value': '-1',
        'Image Src': '/art/a.svg',
        'Image Alt Text': "'=A1",
        'Variant Image': '/art/a.svg',
      },
      { Handle: handle, 'Image Src': '/art/b.svg' },
    ]),
  )
  const file = await exported()

  expect(await differences(sql, file, (one) => one === handle)).toEqual({
    handles: [handle],
    changes: [],
    conflicts: [],
  })
  const line = file.split('\n').find((one) => one.startsWith(handle)) ?? ''
  expect(line).toContain(`"'=HYPERLINK(""https://evil.example"",""Mug"")"`)
})

test('a product with more variants than the Data API answers at once is exported whole', async () => {
  const [handle, count] = [aHandle(), 1_200]
  await sql.begin(async (tx) => {
    const [product] = await tx`insert into public.products (handle, title, category, option_names, status)
      values (${handle}, 'Tile', (select slug from public.categories limit 1), '{Number}', 'draft') returning id`
    await tx`insert into public.variants (product_id, sku, option_values, price_minor, position)
      select ${product?.id}, ${handle} || '-' || n, array[n::text], 900, n from generate_series(1, ${count}) n`
    await tx`insert into public.product_media (product_id, position, src)
      select ${product?.id}, n, '/art/' || n || '.svg' from generate_series(1, ${count}) n`
  })
  const locations = await sql<
    Location[]
  >`select id, slug, name from public.locations order by position limit 1`
  const mine = (file: string) => file.split('\n').filter((line) => line.startsWith(handle))

  const [products, inventory] = [mine(await exported()), mine(await whole(inventoryCsv(client, locations)))]

  expect([products.length, inventory.length]).toEqual([count, count])
  expect(products.at(-1)).toContain(`/art/${count}.svg`)
  expect(inventory.at(-1)).toContain(`${handle}-${count},`)
})

test('a variant keeps its further pictures, for which the format has no room', async () => {
  const handle = aHandle()
  const picture = { Handle: handle, 'Option1 Name': 'Size', 'Option1 Value': 'Small', 'Variant Price': '9' }
  await imported(
    sql,
    csv([{ ...picture, Title: 'Mug', 'Image Src': '/art/a.svg', 'Variant Image': '/art/a.svg' }]),
  )
  await sql`
    insert into public.product_media (product_id, variant_id, position, src)
    select product_id, variant_id, 2, '/art/a-close.svg' from public.product_media
    where product_id = (select id from public.products where handle = ${handle})`

  const { changes } = await differences(sql, await exported(), (one) => one === handle)

  expect(changes).toEqual([])
})

/** A product on sale in one size of two, one that is archived, one that is a draft, and one of which nothing is on sale. */
async function hardlyOnSale() {
  const [half, archived, draft, gone] = [aHandle(), aHandle(), aHandle(), aHandle()]
  const file = [
    ...twoSizes(half),
    ...[archived, draft, gone].map((handle) => ({ ...testProduct, Handle: handle })),
  ]
  await imported(sql, csv(file))
  const [large, none] = [`${half.toUpperCase()}-LARGE`, gone.toUpperCase()]
  await sql`update public.variants set active = false where sku in (${large}, ${none})`
  await sql`update public.products set status = 'archived' where handle = ${archived}`
  await sql`update public.products set status = 'draft' where handle = ${draft}`
  return { handles: [half, archived, draft, gone], skus: [large, none] }
}

test('inactive variants survive the round trip', async () => {
  const { handles, skus } = await hardlyOnSale()
  const file = await exported()

  const found = await differences(sql, file, (handle) => handles.includes(handle))
  await sql`update public.variants set active = true where sku = any (${skus})`
  await sql`update public.products set status = 'active' where handle = any (${handles})`
  await imported(
    sql,
    linesOf(file, (handle) => handles.includes(handle)),
  )

  expect(found).toEqual({ handles: expect.any(Array), changes: [], conflicts: [] })
  expect(found.handles.toSorted()).toEqual(handles.toSorted())
  const state = await sql`
    select products.handle, products.status, array_agg(variants.active order by variants.position) as on_sale
    from public.products join public.variants on variants.product_id = products.id
    where products.handle = any (${handles}) group by 1, 2`
  expect(Object.fromEntries(state.map((row) => [row.handle, [row.status, row.on_sale]]))).toEqual(
    Object.fromEntries([
      [handles[0], ['active', [true, false]]],
      [handles[1], ['archived', [true]]],
      [handles[2], ['draft', [true]]],
      [handles[3], ['active', [false]]],
    ]),
  )
})

test('a variant that was off sale before its product had other choices stays as it is', async () => {
  const handle = aHandle()
  await imported(sql, csv(twoSizes(handle)))
  await sql`update public.variants set active = false where sku = ${`${handle.toUpperCase()}-LARGE`}`
  await sql`update public.variants set option_values = '{Small,Blue}' where sku = ${`${handle.toUpperCase()}-SMALL`}`
  await sql`update public.products set option_names = '{Size,Glaze}' where handle = ${handle}`

  const found = await differences(sql, await exported(), (one) => one === handle)

  expect(found).toEqual({ handles: [handle], changes: [], conflicts: [] })
})

test('a file of products says nothing about units', async () => {
  const [heading] = (await exported()).split('\n')

  expect(heading).not.toMatch(/Qty|quantity/i)
})

test('an inventory file says what is where, on sale or not, and as of which line of the ledger', async () => {
  const handle = aHandle()
  await imported(sql, csv([{ ...testProduct, Handle: handle, 'Variant Inventory Qty': '3' }]))
  await sql`update public.variants set active = false where sku = ${handle.toUpperCase()}`
  const [level] = await sql`
    select location_id, ledger_position from public.stock_levels
    where variant_id = (select id from public.variants where sku = ${handle.toUpperCase()})`
  const here = { id: String(level?.location_id), slug: 'here', name: 'Here' }
  const there = { id: randomUUID(), slug: 'there', name: 'There' }

  const file = await whole(inventoryCsv(client, [here, there]))

  expect(file.split('\n').filter((line) => line.startsWith(`${handle},`))).toEqual([
    `${handle},Mug,Title,Default Title,,,,,${handle.toUpperCase()},Here,0,0,3,3,,${level?.ledger_position}`,
    `${handle},Mug,Title,Default Title,,,,,${handle.toUpperCase()},There,0,0,0,0,,0`,
  ])
})
