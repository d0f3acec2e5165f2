import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, aShop, connect, deliver, person, refusal, rolledBack } from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

type Tx = Parameters<Parameters<typeof rolledBack>[1]>[0]

/** One variant, twelve units in the shop, none in the store. */
async function twelveMugs(tx: Tx) {
  const shop = await aShop(tx)
  const [variantId = ''] = shop.variants
  await deliver(tx, variantId, shop.locations[0], 12)
  return { ...shop, variantId, shopId: shop.locations[0], storeId: shop.locations[1] }
}

const shelfOf = async (tx: Tx, variantId: string) =>
  (await tx`select band, "left", version from public.shelf where variant_id = ${variantId}`)[0]

const noDrift = async (tx: Tx) => expect([...(await tx`select * from private.inventory_drift()`)]).toEqual([])

test('a delivery is on hand, available and on the shelf at once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)

    const [level] =
      await tx`select on_hand, available from public.stock_levels where variant_id = ${variantId} and location_id = ${shopId}`

    expect(level).toEqual({ on_hand: 12, available: 12 })
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in', left: null })
    await noDrift(tx)
  }))

test('the shelf says how many are left only when they are few', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.shop_settings set low_stock_at = 5`
    const { variantId, shopId } = await twelveMugs(tx)

    const take = (units: number) =>
      tx`select public.adjust_stock(${variantId}, ${shopId}, ${-units}, 'damage', ${randomUUID()})`
    await take(6)
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in', left: null })
    await take(1)
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'low', left: 5 })
    await take(5)
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'out', left: null })
    await noDrift(tx)
  }))

test('a change nobody can see wakes nobody: the shelf row stays as it is', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const before = await shelfOf(tx, variantId)

    await tx`select public.adjust_stock(${variantId}, ${shopId}, -3, 'damage', ${randomUUID()})`

    expect(await shelfOf(tx, variantId)).toEqual(before)
  }))

test('a limited edition always says how many are left', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, productId } = await twelveMugs(tx)

    await tx`update public.products set limited = true where id = ${productId}`

    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in', left: 12 })
    await noDrift(tx)
  }))

test('archiving a product takes it off the shelf, and publishing brings it back', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, productId } = await twelveMugs(tx)

    await tx`update public.products set status = 'archived' where id = ${productId}`
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'unlisted', left: null })
    await tx`update public.products set status = 'active' where id = ${productId}`
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in' })
    await noDrift(tx)
  }))

test('a new low-stock limit is drawn on the shelf', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveMugs(tx)

    await tx`update public.shop_settings set low_stock_at = 20`

    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'low', left: 12 })
    await noDrift(tx)
  }))

test('nobody takes more than is there, and hears what is', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)

    const attempt = tx.savepoint(
      (nested) => nested`select public.adjust_stock(${variantId}, ${shopId}, -13, 'damage', ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      status: 409,
      code: 'insufficient_stock',
      detail: { short: [{ variant_id: variantId, location_id: shopId, delta: -13, available: 12 }] },
    })
  }))

test('the same gesture twice is one movement and the same answer', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const key = randomUUID()
    const adjust = () => tx`select * from public.adjust_stock(${variantId}, ${shopId}, 3, 'return', ${key})`

    const first = await adjust()
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -1, 'damage', ${randomUUID()})`
    const again = await adjust()

    expect([...again]).toEqual([...first])
    expect(
      await tx`select from public.stock_movements where variant_id = ${variantId} and reason = 'return'`,
    ).toHaveLength(1)
  }))

test('a used key does not stand for another request, whatever the request', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const key = randomUUID()
    await tx`select public.adjust_stock(${variantId}, ${shopId}, 3, 'return', ${key})`

    const attempts = [
      (nested: Tx) => nested`select public.adjust_stock(${variantId}, ${shopId}, 4, 'return', ${key})`,
      (nested: Tx) => nested`select public.recount_stock(${variantId}, ${shopId}, 15, 15, ${key})`,
    ]

    for (const attempt of attempts) {
      expect(await refusal(tx.savepoint(attempt))).toMatchObject({
        status: 409,
        code: 'idempotency_key_reused',
      })
    }
  }))

test('one person’s key says nothing to another', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const [ann, ben] = [await person(tx, 'stock'), await person(tx, 'stock')]
    const key = randomUUID()
    const adjust = () =>
      tx`select on_hand from public.adjust_stock(${variantId}, ${shopId}, 3, 'return', ${key})`

    await actAs(tx, ann)
    expect((await adjust())[0]?.on_hand).toBe(15)
    await actAs(tx, ben)
    expect((await adjust())[0]?.on_hand).toBe(18)
  }))

test('a refused call leaves its key unused', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const key = randomUUID()
    const takeAll = () =>
      tx.savepoint(
        (nested) =>
          nested`select (public.adjust_stock(${variantId}, ${shopId}, -13, 'damage', ${key})).on_hand`,
      )

    expect(await refusal(takeAll())).toMatchObject({ code: 'insufficient_stock' })
    await deliver(tx, variantId, shopId, 1)

    expect((await takeAll())[0]?.on_hand).toBe(0)
  }))

test('the ledger remembers who, why and on which paper', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const ann = await person(tx, 'stock')
    await actAs(tx, ann)

    await tx`select public.adjust_stock(${variantId}, ${shopId}, -2, 'damage', ${randomUUID()}, 'RMA-7', 'dropped')`

    const [line] =
      await tx`select delta, reason, document, note, actor from public.stock_movements where variant_id = ${variantId} and delta = -2`
    expect(line).toEqual({
      delta: -2,
      reason: 'damage',
      document: 'RMA-7',
      note: 'dropped',
      actor: ann.userId,
    })
  }))

test('a delivery is booked whole or not at all', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const lines = [
      { variant_id: variantId, quantity: 4 },
      { variant_id: randomUUID(), quantity: 1 },
    ]

    const attempt = tx.savepoint(
      (nested) => nested`select public.receive_stock(${shopId}, ${tx.json(lines)}, 'DN-9', ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: { variant_id: lines[1]?.variant_id },
    })
    expect(await tx`select from public.stock_movements where document = 'DN-9'`).toHaveLength(0)
  }))

test('two lines of one variant in a delivery both count', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const lines = [
      { variant_id: variantId, quantity: 4 },
      { variant_id: variantId, quantity: 5 },
    ]

    const levels =
      await tx`select on_hand from public.receive_stock(${shopId}, ${tx.json(lines)}, 'DN-9', ${randomUUID()})`

    expect([...levels]).toEqual([{ on_hand: 21 }])
    await noDrift(tx)
  }))

test('two lines of one variant in a transfer cannot each pass alone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveMugs(tx)
    const lines = [
      { variant_id: variantId, quantity: 7 },
      { variant_id: variantId, quantity: 6 },
    ]

    const attempt = tx.savepoint(
      (nested) =>
        nested`select public.transfer_stock(${shopId}, ${storeId}, ${tx.json(lines)}, ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      code: 'insufficient_stock',
      detail: { short: [{ delta: -13, available: 12 }] },
    })
  }))

test('a transfer moves units and changes no sum', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveMugs(tx)

    await tx`select public.transfer_stock(${shopId}, ${storeId}, ${tx.json([{ variant_id: variantId, quantity: 5 }])}, ${randomUUID()})`

    const levels =
      await tx`select location_id, on_hand from public.stock_levels where variant_id = ${variantId}`
    expect(Object.fromEntries(levels.map((level) => [level.location_id, level.on_hand]))).toEqual({
      [shopId]: 7,
      [storeId]: 5,
    })
    expect(
      (await tx`select available from public.availability where variant_id = ${variantId}`)[0]?.available,
    ).toBe(12)
    await noDrift(tx)
  }))

test('a recount sets what was counted when nothing moved', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)

    const [level] =
      await tx`select on_hand from public.recount_stock(${variantId}, ${shopId}, 12, 10, ${randomUUID()})`

    expect(level?.on_hand).toBe(10)
    expect(
      (
        await tx`select delta from public.stock_movements where variant_id = ${variantId} and reason = 'recount'`
      )[0]?.delta,
    ).toBe(-2)
  }))

test('a recount that finds the number moved says from what, to what and by which movements', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveMugs(tx)
    const [seen] =
      await tx`select on_hand, ledger_position from public.stock_levels where variant_id = ${variantId}`
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -3, 'damage', ${randomUUID()}, 'RMA-8')`

    const attempt = tx.savepoint(
      (nested) =>
        nested`select public.recount_stock(${variantId}, ${shopId}, ${seen?.on_hand}, 10, ${randomUUID()}, ${seen?.ledger_position})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      status: 409,
      code: 'stock_moved',
      detail: {
        expected: 12,
        counted: 10,
        on_hand: 9,
        movements: [{ delta: -3, reason: 'damage', document: 'RMA-8' }],
      },
    })
  }))

test('counting zero where nothing ever was is an answer, not an error', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, storeId } = await twelveMugs(tx)

    const [level] =
      await tx`select on_hand, available from public.recount_stock(${variantId}, ${storeId}, 0, 0, ${randomUUID()})`

    expect(level).toEqual({ on_hand: 0, available: 0 })
  }))

type Bad = [
  what: string,
  call: (tx: Tx, mugs: Awaited<ReturnType<typeof twelveMugs>>) => Promise<unknown>,
  answer: object,
]
const key = () => randomUUID()
const bad: Bad[] = [
  [
    'an adjustment of nothing',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 0, 'return', ${key()})`,
    { code: 'invalid_input', detail: { field: 'delta' } },
  ],
  [
    'an adjustment beyond a million',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 1000001, 'return', ${key()})`,
    { code: 'invalid_input', detail: { field: 'delta' } },
  ],
  [
    'an adjustment that calls itself a transfer',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 1, 'transfer', ${key()})`,
    { code: 'invalid_input', detail: { field: 'reason' } },
  ],
  [
    'no idempotency key',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 1, 'return', null)`,
    { code: 'invalid_input', detail: { field: 'idempotency_key' } },
  ],
  [
    'an unknown variant',
    (tx, m) => tx`select public.adjust_stock(${key()}, ${m.shopId}, 1, 'return', ${key()})`,
    { status: 404, code: 'not_found' },
  ],
  [
    'an unknown location',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${key()}, 1, 'return', ${key()})`,
    { status: 404, code: 'not_found' },
  ],
  [
    'a delivery without paper',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 1 }])}, ' ', ${key()})`,
    { code: 'invalid_input', detail: { field: 'document' } },
  ],
  [
    'lines that are no list',
    (tx, m) => tx`select public.receive_stock(${m.shopId}, '{}', 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines' } },
  ],
  [
    'half a mug',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 0.5 }])}, 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a quantity in words',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 'three' }])}, 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a variant that is no id',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: 'mug', quantity: 1 }])}, 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a line that is a number',
    (tx, m) => tx`select public.receive_stock(${m.shopId}, '[7]', 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a transfer to where it came from',
    (tx, m) =>
      tx`select public.transfer_stock(${m.shopId}, ${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 1 }])}, ${key()})`,
    { code: 'invalid_input', detail: { field: 'to_location_id' } },
  ],
  [
    'a negative count',
    (tx, m) => tx`select public.recount_stock(${m.variantId}, ${m.shopId}, 12, -1, ${key()})`,
    { code: 'invalid_input', detail: { field: 'counted' } },
  ],
]

test.for(bad)('%s is refused with its field and changes nothing', ([, call, answer]) =>
  rolledBack(sql, async (tx) => {
    const mugs = await twelveMugs(tx)

    expect(await refusal(tx.savepoint((nested) => call(nested, mugs)))).toMatchObject(answer)
    expect(await tx`select from public.stock_movements where variant_id = ${mugs.variantId}`).toHaveLength(1)
  }),
)
