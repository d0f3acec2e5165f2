import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { answered, applied, exportedLine, previewed, stagedInventory } from '@/tests/support/shop/imports'
import { aGuest, thePackingTable } from '@/tests/support/shop/shopping'
import { adjust, noDrift, onHand, twelveUnits } from '@/tests/support/shop/twelve-units'

// An inventory file that went out, was written into, and comes back while the shop trades.
const sql = connect(2)
afterAll(() => sql.end())

/** An order of so many, handed over at the counter: its number. */
async function sold(tx: Tx, variantId: string, locationId: string, units: number): Promise<number> {
  const guest = aGuest(tx)
  await guest.hold(variantId, units)
  const { order_id, number } = await guest.place()
  await thePackingTable(tx).fulfil(order_id, locationId)
  return number
}

test('an edited quantity of an exported file is recorded as a correction under its document', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    const lines = [
      await exportedLine(tx, variantId, shopId, 15),
      await exportedLine(tx, variantId, storeId, 2),
    ]

    const id = await stagedInventory(tx, lines)
    const { changes, questions, import: shown } = await previewed(tx, id)
    const done = await applied(tx, id, shown.summary.fingerprint)

    expect(questions).toEqual([])
    expect(changes).toMatchObject([
      { subject: 'level', before: { on_hand: 12 }, after: { on_hand: 15 } },
      { subject: 'level', before: { on_hand: 0 }, after: { on_hand: 2 } },
    ])
    expect(done?.summary).toMatchObject({ levels: { changed: 2 }, units_in: 5, units_out: 0 })
    const recorded =
      await tx`select delta, reason from public.stock_movements where document = ${done?.document} order by delta`
    expect([...recorded]).toEqual([
      { delta: 2, reason: 'correction' },
      { delta: 3, reason: 'correction' },
    ])
    expect(await onHand(tx, variantId, shopId)).toBe(15)
    await noDrift(tx)
  }))

test('a file that nobody wrote into changes nothing, whatever was sold since', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const line = await exportedLine(tx, variantId, shopId)
    await sold(tx, variantId, shopId, 3)

    const { changes, questions, conflicts } = await previewed(tx, await stagedInventory(tx, [line]))

    expect({ changes, questions, conflicts }).toEqual({ changes: [], questions: [], conflicts: [] })
  }))

test.for([
  [null, 12],
  ['add', 12],
  ['set', 15],
  ['skip', 9],
] as const)('of a number that moved since the export, %s makes %i', ([choice, result]) =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const id = await stagedInventory(tx, [await exportedLine(tx, variantId, shopId, 15)])
    const orders = [await sold(tx, variantId, shopId, 1), await sold(tx, variantId, shopId, 2)]

    const { questions } = await previewed(tx, id)
    if (choice) await answered(tx, id, choice, 2)
    await applied(tx, id)

    expect(questions).toMatchObject([
      { line: 2, expected: 12, counted: 15, on_hand: 9, choice: 'add', result: 12, repeats: null },
    ])
    expect(questions[0]?.movements.map(({ delta, document }) => ({ delta, document }))).toEqual([
      { delta: -1, document: `order ${orders[0]}` },
      { delta: -2, document: `order ${orders[1]}` },
    ])
    expect(await onHand(tx, variantId, shopId)).toBe(result)
    await noDrift(tx)
  }),
)

test('an answer for all goes to the lines that are asked about and to no other', () =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx, 2)
    const [moved = '', still = ''] = shop.variants
    const [place] = shop.locations
    for (const variant of shop.variants) await deliver(tx, variant, place, 5)
    const id = await stagedInventory(tx, [
      await exportedLine(tx, moved, place, 8),
      await exportedLine(tx, still, place, 8),
    ])
    await adjust(tx, moved, place, -1)

    await answered(tx, id, 'skip')
    await applied(tx, id)

    expect([await onHand(tx, moved, place), await onHand(tx, still, place)]).toEqual([4, 8])
  }))

test('the same file again adds nothing a second time, even after a sale', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const line = await exportedLine(tx, variantId, shopId, 15)
    const first = await applied(tx, await stagedInventory(tx, [line]))
    await sold(tx, variantId, shopId, 1)

    const again = await stagedInventory(tx, [line])
    const { changes, questions } = await previewed(tx, again)

    expect(changes).toEqual([])
    expect(questions).toMatchObject([{ choice: 'skip', repeats: first?.document, on_hand: 14 }])
  }))

test('a sale between the look and the yes does not stop what is added; it stops what is set', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const id = await stagedInventory(tx, [await exportedLine(tx, variantId, shopId, 15)])
    const { fingerprint: added } = (await previewed(tx, id)).import.summary
    await sold(tx, variantId, shopId, 1)
    await answered(tx, id, 'set', 2)
    const { fingerprint: set } = (await previewed(tx, id)).import.summary
    await sold(tx, variantId, shopId, 1)

    const refused = await refusal(tx.savepoint((inner) => applied(inner, id, set)))
    await answered(tx, id, 'add', 2)
    await applied(tx, id, added)

    expect(refused).toMatchObject({ status: 409, code: 'import_changed' })
    expect(await onHand(tx, variantId, shopId)).toBe(13)
  }))

test('a line that leaves fewer units than are committed blocks the file until it is skipped', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const id = await stagedInventory(tx, [await exportedLine(tx, variantId, shopId, 2)])
    await aGuest(tx).hold(variantId, 4)

    const { questions } = await previewed(tx, id)
    const refused = await refusal(tx.savepoint((inner) => applied(inner, id)))
    await answered(tx, id, 'skip', 2)
    await applied(tx, id)

    expect(questions).toMatchObject([{ result: 2, unavailable: 4 }])
    expect(refused).toMatchObject({
      code: 'import_conflict',
      detail: { conflicts: [{ line: 2, column: 'On hand (new)', value: '2' }] },
    })
    expect(await onHand(tx, variantId, shopId)).toBe(12)
  }))

test('lines that contradict the shop are named, each with its reason', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    const line = await exportedLine(tx, variantId, shopId, 15)
    const elsewhere = await exportedLine(tx, variantId, storeId, 1)
    const id = await stagedInventory(tx, [
      { ...line, SKU: 'NO-SUCH-THING' },
      { ...line, Location: 'Nowhere' },
      { ...line, 'On hand (current)': '13' },
      elsewhere,
      { ...elsewhere, 'On hand (new)': '2' },
    ])

    const { conflicts } = await previewed(tx, id)

    expect(conflicts.map(({ line: at, column, value }) => [at, column, value])).toEqual([
      [2, 'SKU', 'NO-SUCH-THING'],
      [3, 'Location', 'Nowhere'],
      [4, 'On hand (current)', '13'],
      [5, 'SKU', line.SKU],
      [6, 'SKU', line.SKU],
    ])
  }))

test('a file of Shopify’s own, without a ledger position, is read by handle and choices', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, productId, shopId } = await twelveUnits(tx)
    const [product] = await tx`select handle from public.products where id = ${productId}`
    const { Location } = await exportedLine(tx, variantId, shopId)
    const line = { Handle: product?.handle, 'Option1 Value': variantId, Location, SKU: '' }
    const id = await stagedInventory(tx, [{ ...line, 'On hand (current)': '20', 'On hand (new)': '22' }])

    const { questions } = await previewed(tx, id)
    await applied(tx, id)

    expect(questions).toMatchObject([{ expected: 20, counted: 22, on_hand: 12, movements: [], result: 14 }])
    expect(await onHand(tx, variantId, shopId)).toBe(14)
  }))

test('only managers stage, resolve and revert imports; products and units are staged by separate functions', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const id = await stagedInventory(tx, [await exportedLine(tx, variantId, shopId, 15)])
    const attempts = [
      (t: Tx) => t`select public.stage_levels(${id}, '[]')`,
      (t: Tx) => t`select public.answer_import(${id}, 'skip')`,
      (t: Tx) => t`select public.begin_revert(${id})`,
    ]
    for (const [who, code] of [
      [shopper, '42501'],
      [await person(tx), 'PT403'],
      [await person(tx, 'stock'), 'PT403'],
    ] as const) {
      await actAs(tx, who)
      for (const attempt of attempts) await expect(tx.savepoint(attempt)).rejects.toMatchObject({ code })
      await actAsOwner(tx)
    }
    await actAs(tx, await person(tx, 'manager'))
    expect(await refusal(tx.savepoint((t) => t`select public.stage_import(${id}, '[]')`))).toMatchObject({
      code: 'invalid_input',
      detail: { problem: 'an import of inventory' },
    })
    await answered(tx, id, 'skip')
  }))
