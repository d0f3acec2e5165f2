import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, refusal } from '@/tests/support/database'
import { aHandle, aLocation, applied, previewed, staged } from '@/tests/support/shop/imports'

// A race cannot happen inside one transaction: these commit, on rows of their own.
const sql = connect(12)
afterAll(() => sql.end())

const noDrift = async () => expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])

const sizes = (handle: string, quantity: number) =>
  ['S', 'M', 'L'].map((value, index) => ({
    Handle: handle,
    ...(index === 0 ? { Title: 'Mug', 'Option1 Name': 'Size' } : {}),
    'Option1 Value': value,
    'Variant Inventory Qty': String(quantity),
    'Variant Price': '9',
  }))

const onHand = async (handle: string) => {
  const rows = await sql`
    select availability.on_hand from public.products
    join public.variants on variants.product_id = products.id
    join public.availability on availability.variant_id = variants.id
    where products.handle = ${handle}`
  return rows.map((row) => row.on_hand)
}

test('the same file imported eight times at once arrives once', async () => {
  const [handle, place] = [aHandle(), await aLocation(sql)]
  const ids = await Promise.all(Array.from({ length: 8 }, () => staged(sql, place, sizes(handle, 5))))

  await Promise.all(ids.map((id) => applied(sql, id)))

  expect(await onHand(handle)).toEqual([5, 5, 5])
  const [moved] =
    await sql`select count(*)::int as lines from public.stock_movements where location_id = ${place}`
  expect(moved).toEqual({ lines: 3 })
  await noDrift()
})

test('a request sent eight times at once imports once and gets the same response each time', async () => {
  const [handle, place, key] = [aHandle(), await aLocation(sql), randomUUID()]
  const id = await staged(sql, place, sizes(handle, 2))

  const answers = await Promise.all(
    Array.from(
      { length: 8 },
      () => sql`select to_jsonb(apply_import) as answer from public.apply_import(${id}, ${key})`,
    ),
  )

  expect(new Set(answers.map((rows) => JSON.stringify(rows[0]?.answer))).size).toBe(1)
  expect(await onHand(handle)).toEqual([2, 2, 2])
})

test('an import applied already is not applied under another key, nor filled again', async () => {
  const [handle, place] = [aHandle(), await aLocation(sql)]
  const id = await staged(sql, place, sizes(handle, 2))
  const first = await applied(sql, id)

  const again = await refusal(applied(sql, id))
  const filled = await refusal(sql`select public.stage_import(${id}, '[{}]')`)
  const [thrown] = await sql`select public.discard_import(${id})`

  expect(again).toMatchObject({ status: 409, code: 'import_applied', detail: { document: first?.document } })
  expect(filled.code).toBe('import_applied')
  expect(thrown).toEqual({ discard_import: false })
})

test('a key of another import is refused', async () => {
  const [place, key] = [await aLocation(sql), randomUUID()]
  const [first, second] = await Promise.all([
    staged(sql, place, sizes(aHandle(), 1)),
    staged(sql, place, sizes(aHandle(), 1)),
  ])
  await sql`select public.apply_import(${first}, ${key})`

  const refused = await refusal(sql`select public.apply_import(${second}, ${key})`)

  expect(refused).toMatchObject({ status: 409, code: 'idempotency_key_reused' })
})

test('imports, sales and price changes at once neither deadlock nor lose a unit', async () => {
  const [handle, place] = [aHandle(), await aLocation(sql)]
  await applied(sql, await staged(sql, place, sizes(handle, 50)))
  const variants =
    await sql`select variants.id from public.variants join public.products on products.id = product_id where handle = ${handle}`
  const again = await Promise.all([60, 70, 80].map((quantity) => staged(sql, place, sizes(handle, quantity))))

  await Promise.all([
    ...again.map((id) => applied(sql, id)),
    ...variants.flatMap(({ id }) =>
      Array.from(
        { length: 5 },
        () => sql`select public.adjust_stock(${id}, ${place}, -1, 'damage', ${randomUUID()})`,
      ),
    ),
    ...[true, false, true].map(
      (limited) => sql`update public.products set limited = ${limited} where handle = ${handle}`,
    ),
  ])

  await noDrift()
})

test('a batch of a file that is sent again replaces itself', async () => {
  const [handle, place] = [aHandle(), await aLocation(sql)]
  const id = await staged(sql, place, sizes(handle, 5))
  const products =
    await sql`select handle, line, title, option_names from private.import_products where import_id = ${id}`
  const variants =
    await sql`select * from private.import_variants where import_id = ${id} and option_values = '{S}'`

  const [count] =
    await sql`select public.stage_import(${id}, ${sql.json([{ ...products[0], variants: [{ ...variants[0] }] }])}) as staged`

  expect(count).toEqual({ staged: 1 })
  expect((await previewed(sql, id)).import.summary.variants.new).toBe(1)
  await sql`select public.discard_import(${id})`
})

test('a discarded import is gone, and so is what it staged', async () => {
  const id = await staged(sql, await aLocation(sql), sizes(aHandle(), 5))

  const [thrown] = await sql`select public.discard_import(${id})`

  expect(thrown).toEqual({ discard_import: true })
  expect([...(await sql`select from private.import_variants where import_id = ${id}`)]).toEqual([])
  expect(await refusal(previewed(sql, id))).toMatchObject({ status: 404, code: 'not_found' })
})

test('an import waits for no cart that is being filled, so the two never wait for each other', async () => {
  const [handle, place] = [aHandle(), await aLocation(sql)]
  await applied(sql, await staged(sql, place, sizes(handle, 5)))
  const recount = await staged(sql, place, sizes(handle, 7))

  // The hold that a cart line has on its variant until its transaction ends.
  await sql.begin(async (cart) => {
    await cart`select from public.variants join public.products on products.id = variants.product_id
      where products.handle = ${handle} for key share of variants`
    await sql.begin(async (tx) => {
      await tx`set local lock_timeout = '2s'`
      await tx`select from public.apply_import(${recount}, ${randomUUID()})`
    })
  })

  expect(await onHand(handle)).toEqual([7, 7, 7])
})
