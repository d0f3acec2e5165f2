import { afterAll, expect, test } from 'vitest'
import { connect, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { applied, begunRevert, importedProduct, previewed, staged } from '@/tests/support/shop/imports'
import { aGuest } from '@/tests/support/shop/shopping'
import { adjust, noDrift } from '@/tests/support/shop/twelve-units'

// The preview of a revert, and the scope of its confirmation.
const sql = connect(2)
afterAll(() => sql.end())

/** A mug whose second file raised its price and brought seven more; the revert of that file, begun. */
async function revertOfSeven(tx: Tx) {
  const { handle, place, small } = await importedProduct(tx)
  const line = { ...small, 'Variant Price': '11', 'Variant Inventory Qty': '10' }
  const id = await staged(tx, place, [line])
  await applied(tx, id)
  const [variant] = await tx`select id from public.variants where sku = ${`${handle.toUpperCase()}-SMALL`}`
  return { id, handle, place, variant: String(variant?.id), revert: await begunRevert(tx, id) }
}

const stock = async (tx: Tx, variant: string) =>
  (
    await tx`
    select availability.on_hand, variants.price_minor from public.availability
    join public.variants on variants.id = variant_id where variant_id = ${variant}`
  )[0]

test('the preview of a revert lists restored and kept fields, and changes nothing', () =>
  rolledBack(sql, async (tx) => {
    const { id, handle, variant, revert } = await revertOfSeven(tx)
    await tx`update public.products set title = 'Ada’s mug' where handle = ${handle}`
    await tx`update public.variants set price_minor = 1250 where id = ${variant}`
    const guest = aGuest(tx)
    await guest.hold(variant, 8)

    const preview = await previewed(tx, revert)

    expect(preview.import).toMatchObject({ reverts: id, applied_at: null, summary: { units_out: 2 } })
    expect(preview.changes).toMatchObject([
      {
        subject: 'variant',
        before: { on_hand: 10, price_minor: 1250 },
        after: { on_hand: 8, price_minor: 1250 },
      },
    ])
    expect(preview.kept).toMatchObject([
      { field: 'on_hand', wanted: -7, found: -2, why: 'unavailable_since' },
      { field: 'price_minor', wanted: 999, found: 1250, why: 'changed_since' },
    ])
    expect(await stock(tx, variant)).toEqual({ on_hand: 10, price_minor: 1250 })
    expect((await previewed(tx, id)).reverted_by).toBeNull()

    await applied(tx, revert, preview.import.summary.fingerprint)

    const { changes, kept } = await previewed(tx, revert)
    expect({ changes, kept }).toEqual({ changes: preview.changes, kept: preview.kept })
    expect((await previewed(tx, id)).reverted_by).toBe(revert)
    await noDrift(tx)
  }))

test('a yes stays a yes while units are sold, as long as as many can go back', () =>
  rolledBack(sql, async (tx) => {
    const { place, variant, revert } = await revertOfSeven(tx)
    const seen = (await previewed(tx, revert)).import.summary.fingerprint
    await adjust(tx, variant, place, -2)

    await applied(tx, revert, seen)

    expect(await stock(tx, variant)).toEqual({ on_hand: 1, price_minor: 999 })
    await noDrift(tx)
  }))

test('fewer units, or a changed field, are confirmed again', () =>
  rolledBack(sql, async (tx) => {
    const { variant, revert } = await revertOfSeven(tx)
    const seen = async () => (await previewed(tx, revert)).import.summary.fingerprint
    const refusedWith = async (fingerprint: string) =>
      (await refusal(tx.savepoint((inner) => applied(inner, revert, fingerprint)))).code
    const first = await seen()
    await aGuest(tx).hold(variant, 4)
    const second = await seen()
    await tx`update public.variants set price_minor = 1250 where id = ${variant}`

    expect(await refusedWith(first)).toBe('import_changed')
    expect(await refusedWith(second)).toBe('import_changed')
    await applied(tx, revert, await seen())
    expect(await stock(tx, variant)).toEqual({ on_hand: 4, price_minor: 1250 })
  }))

test('units of an expired cart can be reverted', () =>
  rolledBack(sql, async (tx) => {
    const { variant, revert } = await revertOfSeven(tx)
    await aGuest(tx).hold(variant, 8)
    await tx`update public.claims set expires_at = now() - interval '1 minute' where variant_id = ${variant}`

    const { kept, import: record } = await previewed(tx, revert)
    await applied(tx, revert, record.summary.fingerprint)

    expect(kept).toEqual([])
    expect(await stock(tx, variant)).toMatchObject({ on_hand: 3 })
    await noDrift(tx)
  }))

test('an import that was kept after all can be reverted later', () =>
  rolledBack(sql, async (tx) => {
    const { id, variant, revert } = await revertOfSeven(tx)

    const [thrown] = await tx`select public.discard_import(${revert})`
    const [again] = await tx`select public.discard_import(${revert})`
    expect([thrown, again]).toEqual([{ discard_import: true }, { discard_import: false }])
    expect(await refusal(tx.savepoint((inner) => applied(inner, revert)))).toMatchObject({
      code: 'not_found',
    })
    const later = await begunRevert(tx, id)
    await applied(tx, later)

    expect(later).not.toBe(revert)
    expect(await stock(tx, variant)).toEqual({ on_hand: 3, price_minor: 999 })
  }))
