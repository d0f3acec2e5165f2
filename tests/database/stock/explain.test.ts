import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack, shopper } from '@/tests/support/database'
import { aCount, found } from '@/tests/support/shop/counts'
import { type Explanation, explain, quantities, sumOf } from '@/tests/support/shop/explain'
import { importedProduct } from '@/tests/support/shop/imports'
import { skuOf } from '@/tests/support/shop/picking'
import { aGuest, thePackingTable } from '@/tests/support/shop/shopping'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

const adds = ({ units, parts }: Explanation) => expect(sumOf(parts)).toBe(units)

test('every number of a busy level is the sum of what it is made of', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    await tx`select public.transfer_stock(${shopId}, ${storeId}, ${tx.json([{ variant_id: variantId, quantity: 2 }])}, ${randomUUID()})`
    const [buyer, payer, browser] = [aGuest(tx), aGuest(tx), aGuest(tx)]
    await buyer.hold(variantId, 3)
    const bought = await buyer.place()
    await payer.hold(variantId, 2)
    const unpaid = await payer.place('sandbox')
    await browser.hold(variantId, 1)

    const [onHand, held, committed, safety, available] = await Promise.all(
      quantities.map((quantity) => explain(tx, variantId, shopId, quantity)),
    )

    for (const each of [onHand, held, committed, safety, available]) adds(each as Explanation)
    expect([onHand, held, committed, safety, available].map((each) => each?.units)).toEqual([10, 3, 3, 0, 4])
    expect(onHand?.parts).toMatchObject([
      { kind: 'movement', units: -2, reason: 'transfer', other_location_id: storeId },
      { kind: 'movement', units: 12, reason: 'receive', document: 'DN-1' },
    ])
    expect(held?.parts.toSorted((one, other) => one.units - other.units)).toMatchObject([
      { kind: 'hold', units: 1, cart_value_minor: 1200, cart_units: 1, expires_at: expect.any(String) },
      { kind: 'order', units: 2, number: unpaid.number, status: 'awaiting_payment' },
    ])
    expect(committed?.parts).toMatchObject([
      { kind: 'order', units: 3, number: bought.number, status: 'placed' },
    ])
    expect(available?.parts).toMatchObject([
      { kind: 'quantity', quantity: 'on_hand', units: 10 },
      { kind: 'quantity', quantity: 'held', units: -3 },
      { kind: 'quantity', quantity: 'committed', units: -3 },
      { kind: 'quantity', quantity: 'safety', units: 0 },
    ])
    await noDrift(tx)
  }))

test('a partial handover leaves the rest committed, and names the order', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const buyer = aGuest(tx)
    await buyer.hold(variantId, 5)
    const { order_id, number } = await buyer.place()
    const item = (await buyer.order(order_id)).items[0]
    await thePackingTable(tx).fulfil(order_id, shopId, [{ order_item_id: item?.id ?? 0, quantity: 2 }])

    const committed = await explain(tx, variantId, shopId, 'committed')
    const onHand = await explain(tx, variantId, shopId, 'on_hand')

    expect(committed).toMatchObject({ units: 3, parts: [{ units: 3, number }] })
    expect(onHand.parts[0]).toMatchObject({
      units: -2,
      reason: 'sale',
      document: `order ${number}`,
      source_kind: 'order',
      source_id: order_id,
    })
    adds(onHand)
    await noDrift(tx)
  }))

test('a movement points at its count, delivery or transfer, and a reference that names one points nowhere', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    const lines = tx.json([{ variant_id: variantId, quantity: 2 }])
    const [announced] =
      await tx`select id from public.announce_delivery('Ilse', ${shopId}, ${lines}, ${randomUUID()}, 'DN-7')`
    await tx`select public.receive_delivery(${announced?.id}, ${lines}, ${randomUUID()})`
    const [sent] =
      await tx`select id, number from public.send_transfer(${shopId}, ${storeId}, ${lines}, ${randomUUID()})`
    const count = await aCount(tx, shopId)
    await count.record(found(skuOf(variantId), 20))
    await count.approve()
    await count.reverse()
    for (const name of [`transfer ${sent?.number}`, '2 boxes'])
      await tx`select public.receive_stock(${shopId}, ${lines}, ${name}, ${randomUUID()})`

    const { parts } = await explain(tx, variantId, shopId, 'on_hand')

    expect(parts.toReversed().map(({ source_kind, source_id }) => [source_kind, source_id])).toEqual([
      ['adjustment', null],
      ['delivery', announced?.id],
      ['transfer', sent?.id],
      ['count', count.id],
      ['count', count.id],
      ['adjustment', null],
      ['adjustment', null],
    ])
    await noDrift(tx)
  }))

test('a movement of an import points at the import', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place } = await importedProduct(tx)
    const [level] = await tx`
      select movement.variant_id, imports.id
      from public.stock_movements as movement
      join public.imports on imports.document = movement.document
      join public.variants on variants.id = movement.variant_id
      join public.products on products.id = variants.product_id
      where products.handle = ${handle} limit 1`

    const { parts } = await explain(tx, level?.variant_id, place, 'on_hand')

    expect(parts[0]).toMatchObject({ source_kind: 'import', source_id: level?.id })
    await noDrift(tx)
  }))

test('a movement whose source does not exist is found', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const lost = randomUUID()
    await tx`insert into public.stock_movements (variant_id, location_id, delta, reason, source_kind, source_id)
      values (${variantId}, ${shopId}, 1, 'return', 'order', ${lost})`

    const drift = await tx`select aggregate, expected from private.inventory_drift()`

    expect([...drift]).toMatchObject([{ aggregate: 'stock_movements', expected: { source_id: lost } }])
  }))

test('an order without its id is no source, nor is an adjustment with one', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    for (const [kind, id] of [
      ['order', null],
      ['adjustment', randomUUID()],
    ] as const)
      await expect(
        tx.savepoint(
          (nested) => nested`insert into public.stock_movements
            (variant_id, location_id, delta, reason, source_kind, source_id)
            values (${variantId}, ${shopId}, 1, 'return', ${kind}, ${id})`,
        ),
      ).rejects.toMatchObject({ constraint_name: 'stock_movements_source_is_whole' })
  }))

test('many movements are told singly where they are new, and as one where they are old', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    for (let time = 0; time < 40; time++)
      await tx`select public.adjust_stock(${variantId}, ${shopId}, 2, 'receive', ${randomUUID()})`

    const onHand = await explain(tx, variantId, shopId, 'on_hand')

    expect(onHand.units).toBe(92)
    expect(onHand.parts).toHaveLength(31)
    expect(onHand.parts.at(-1)).toMatchObject({ kind: 'earlier', units: 32, movements: 11 })
    adds(onHand)
  }))

test('a location that never had the variant explains zero with no parts', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, storeId } = await twelveUnits(tx)

    for (const quantity of quantities) {
      const nothing = await explain(tx, variantId, storeId, quantity)
      expect(nothing.units).toBe(0)
      adds(nothing)
    }
  }))

test('an invalid question is refused as one', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const asked = (quantity: string, at: string | null = null, variant = variantId) =>
      refusal(tx.savepoint((nested) => explain(nested, variant, shopId, quantity, at)))

    expect(await asked('sold')).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: 'quantity' },
    })
    expect(await asked('held', '2126-01-01T00:00:00Z')).toMatchObject({
      status: 422,
      detail: { field: 'at' },
    })
    expect(await asked('held', null, randomUUID())).toMatchObject({ status: 404, code: 'not_found' })
  }))

test.for(['viewer', 'stock', 'manager'] as const)('a %s may ask what a number is made of', (role) =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await actAs(tx, await person(tx, role))

    expect(await explain(tx, variantId, shopId, 'on_hand')).toMatchObject({ units: 12 })
  }),
)

test('a customer may not ask, nor a shopper', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await actAs(tx, await person(tx))
    expect(await refusal(tx.savepoint((nested) => explain(nested, variantId, shopId, 'held')))).toMatchObject(
      {
        status: 403,
        code: 'role_required',
      },
    )
    await actAs(tx, shopper)
    await expect(tx.savepoint((nested) => explain(nested, variantId, shopId, 'held'))).rejects.toMatchObject({
      code: '42501',
    })
  }))

test('nobody reads the history of claims, and nobody rewrites it', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    await aGuest(tx).hold(variantId, 3)
    await expect(tx.savepoint((nested) => nested`delete from private.claim_history`)).rejects.toMatchObject({
      code: 'PT403',
    })
    await actAs(tx, await person(tx, 'manager'))
    await expect(tx.savepoint((nested) => nested`select from private.claim_history`)).rejects.toMatchObject({
      code: '42501',
    })
  }))
