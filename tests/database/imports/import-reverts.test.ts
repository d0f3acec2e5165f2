import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, refusal, rolledBack, type Tx } from '@/tests/support/database'
import {
  aHandle,
  aLocation,
  applied,
  begunRevert,
  importedProduct,
  previewed,
  reverted,
  staged,
  twoSizes,
} from '@/tests/support/shop/imports'
import { aGuest } from '@/tests/support/shop/shopping'
import { noDrift } from '@/tests/support/shop/twelve-units'

// Reverting an import: everything as it was, except later changes and purchases.
const sql = connect(2)
afterAll(() => sql.end())

/** All that an import may change of one product, and its units. */
async function stateOf(tx: Tx, handle: string) {
  const [product] = await tx`
    select contents.content from private.product_contents as contents
    join public.products on products.id = contents.product_id where products.handle = ${handle}`
  const variants = await tx`
    select contents.content, availability.on_hand
    from private.variant_contents as contents
    join public.availability using (variant_id)
    where contents.variant_id in (select variants.id from public.variants join public.products on products.id = product_id where handle = ${handle})
    order by variant_id`
  return { product: product?.content, variants: [...variants] }
}

/** A mug whose second file changes nearly everything; the second import's id and what was before. */
async function changedProduct(tx: Tx) {
  const { handle, place, small, large } = await importedProduct(tx)
  const before = await stateOf(tx, handle)
  const id = await staged(tx, place, [
    {
      ...small,
      Title: 'Big mug',
      'Body (HTML)': '<p>New</p>',
      Tags: 'new',
      Type: 'Bowls',
      'Variant Price': '11',
      'Variant Compare At Price': '15',
      'Variant Barcode': '4006381333931',
      'Variant Inventory Qty': '10',
      'Image Src': 'https://cdn.test/new.jpg',
      'Variant Image': '',
    },
    { ...large, 'Variant Price': '14', 'Variant Inventory Qty': '0' },
  ])
  await applied(tx, id)
  return { handle, place, before, id, sku: `${handle.toUpperCase()}-SMALL` }
}

const idOf = async (tx: Tx, sku: string) =>
  String((await tx`select id from public.variants where sku = ${sku}`)[0]?.id)

test('a reverted import leaves every text, price, picture and number as it was', () =>
  rolledBack(sql, async (tx) => {
    const { handle, before, id } = await changedProduct(tx)

    const revert = await reverted(tx, id)

    expect(await stateOf(tx, handle)).toEqual(before)
    expect(revert).toMatchObject({ reverts: id, summary: { units_in: 1, units_out: 7 } })
    const recorded =
      await tx`select delta, reason from public.stock_movements where document = ${revert?.document} order by delta`
    expect([...recorded]).toEqual([
      { delta: -7, reason: 'import' },
      { delta: 1, reason: 'import' },
    ])
    expect(await previewed(tx, String(revert?.id))).toMatchObject({ kept: [], reverted_by: null })
    expect(await previewed(tx, id)).toMatchObject({ reverted_by: revert?.id })
    await noDrift(tx)
  }))

test('an import is reverted once: two concurrent reverts share one, and a later one is refused', () =>
  rolledBack(sql, async (tx) => {
    const { id } = await changedProduct(tx)

    const [first, second] = [await begunRevert(tx, id), await begunRevert(tx, id)]
    await applied(tx, first)
    const again = await refusal(tx.savepoint((inner) => applied(inner, second)))
    const refused = await refusal(tx.savepoint((inner) => begunRevert(inner, id)))

    expect(second).toBe(first)
    expect(again).toMatchObject({ status: 409, code: 'import_applied' })
    expect(refused).toMatchObject({ status: 409, code: 'already_undone', detail: { change: id } })
  }))

test('a revert can be reverted: then the import holds again', () =>
  rolledBack(sql, async (tx) => {
    const { handle, id } = await changedProduct(tx)
    const after = await stateOf(tx, handle)

    const revert = await reverted(tx, id)
    await reverted(tx, String(revert?.id))

    expect(await stateOf(tx, handle)).toEqual(after)
    await noDrift(tx)
  }))

test('only an applied import can be reverted', () =>
  rolledBack(sql, async (tx) => {
    const id = await staged(tx, await aLocation(tx), twoSizes(aHandle()))

    const revert = (importId: string) => refusal(tx.savepoint((inner) => begunRevert(inner, importId)))
    expect(await revert(id)).toMatchObject({ code: 'not_found' })
    expect(await revert(randomUUID())).toMatchObject({ code: 'not_found' })
  }))

test('fields that a staff member changed since are kept and listed', () =>
  rolledBack(sql, async (tx) => {
    const { handle, before, id, sku } = await changedProduct(tx)
    await tx`update public.products set title = 'Ada’s mug' where handle = ${handle}`
    await tx`update public.variants set price_minor = 1250 where sku = ${sku}`

    const revert = await reverted(tx, id)

    const { kept } = await previewed(tx, String(revert?.id))
    expect(kept).toMatchObject([
      { field: 'price_minor', wanted: 999, found: 1250, why: 'changed_since' },
      { field: 'title', wanted: 'Mug', found: 'Ada’s mug', why: 'changed_since' },
    ])
    const { product } = await stateOf(tx, handle)
    expect(product).toEqual({ ...before.product, title: 'Ada’s mug' })
  }))

test('units that are ordered by now stay; the others go back, and the rest is said', () =>
  rolledBack(sql, async (tx) => {
    const { id, sku } = await changedProduct(tx)
    const variant = await idOf(tx, sku)
    const guest = aGuest(tx)
    await guest.hold(variant, 8)
    await guest.place()

    const revert = await reverted(tx, id)

    const { kept } = await previewed(tx, String(revert?.id))
    expect(kept).toMatchObject([{ sku, field: 'on_hand', wanted: -7, found: -2, why: 'unavailable_since' }])
    const [level] = await tx`select on_hand, available from public.stock_levels where variant_id = ${variant}`
    expect(level).toEqual({ on_hand: 8, available: 0 })
    await noDrift(tx)
  }))

test('products that an import created are archived, and their units are gone', () =>
  rolledBack(sql, async (tx) => {
    const [handle, place] = [aHandle(), await aLocation(tx)]
    const id = await staged(tx, place, twoSizes(handle))
    await applied(tx, id)

    await reverted(tx, id)

    const { product, variants } = await stateOf(tx, handle)
    expect(product).toMatchObject({ status: 'archived', title: 'Mug' })
    expect(variants.map(({ on_hand }) => on_hand)).toEqual([0, 0])
  }))

test('a variant that an import added to a known product is no longer sold', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, large } = await importedProduct(tx)
    const id = await staged(tx, place, [
      { ...large, Title: 'Mug', 'Option1 Name': 'Size', 'Option1 Value': 'Huge' },
    ])
    await applied(tx, id)

    await reverted(tx, id)

    const shelf = await tx`
      select variants.option_values, variants.active, shelf.band from public.variants
      join public.shelf on shelf.variant_id = variants.id
      join public.products on products.id = variants.product_id
      where handle = ${handle} order by variants.option_values`
    expect([...shelf]).toEqual([
      { option_values: ['Huge'], active: false, band: 'unlisted' },
      { option_values: ['Large'], active: true, band: 'low' },
      { option_values: ['Small'], active: true, band: 'low' },
    ])
  }))

test('a SKU that something else has by now is not given back', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small } = await importedProduct(tx)
    const former = `${handle.toUpperCase()}-SMALL`
    const id = await staged(tx, place, [{ ...small, 'Variant SKU': `${handle}-NEW` }])
    await applied(tx, id)
    await tx`update public.variants set sku = ${former} where sku = ${`${handle.toUpperCase()}-LARGE`}`

    const revert = await reverted(tx, id)

    expect((await previewed(tx, String(revert?.id))).kept).toMatchObject([
      { field: 'sku', wanted: former, found: `${handle}-NEW`, why: 'taken_since' },
    ])
  }))

test('a file takes a variant off sale and puts it back, and so does taking the file back', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small, large } = await importedProduct(tx)
    const before = await stateOf(tx, handle)
    const id = await staged(tx, place, [small, { ...large, 'Variant Active': 'false' }])

    await applied(tx, id)
    const off = await stateOf(tx, handle)
    await reverted(tx, id)

    expect(off.variants.map(({ content }) => content.active).toSorted()).toEqual([false, true])
    expect(await stateOf(tx, handle)).toEqual(before)
  }))

test('changes of an import and its revert leave no line in the trail: their own records show them', () =>
  rolledBack(sql, async (tx) => {
    const { id } = await changedProduct(tx)
    const count = async () => Number((await tx`select count(*) from public.audit_trail`)[0]?.count)
    await tx`select set_config('onhand.document', '', true)`
    const before = await count()

    await reverted(tx, id)

    expect(await count()).toBe(before)
  }))

test('the trail says who took an import back, which one, and by how many units', () =>
  rolledBack(sql, async (tx) => {
    const { id } = await changedProduct(tx)
    const revert = await reverted(tx, id)
    const [done] = await tx`select document, file_name from public.imports where id = ${id}`

    const read = await tx`
      select subject_id, action, actor, label, before, after from public.read_trail(what => 'import', words => ${done?.document})
      order by action desc`

    expect([...read]).toMatchObject([
      {
        subject_id: revert?.id,
        action: 'reverted',
        actor: revert?.actor,
        label: done?.file_name,
        before: { document: done?.document },
        after: { document: revert?.document, units_in: 1, units_out: 7 },
      },
      { subject_id: id, action: 'applied', before: null, after: { document: done?.document } },
    ])
  }))
