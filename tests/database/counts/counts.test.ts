import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { aCount, found } from '@/tests/support/shop/counts'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

async function countOfTwelve(tx: Tx) {
  const stocked = await twelveUnits(tx)
  // Yesterday's delivery: the ledger records the time of the test instead.
  const [{ sku } = { sku: '' }] = await tx`select sku from public.variants where id = ${stocked.variantId}`
  const count = await aCount(tx, stocked.shopId)
  const onHand = async () => {
    const [level] = await tx`select on_hand from public.stock_levels
      where variant_id = ${stocked.variantId} and location_id = ${stocked.shopId}`
    return Number(level?.on_hand)
  }
  return { ...stocked, sku: String(sku), count, onHand }
}

/** In a test's transaction the delivery is recorded now, after a count of an hour ago, which did not know it. */
const fromNothing = -12

test('an approved count books what was found more or less, under its number', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, onHand } = await countOfTwelve(tx)
    await count.record(found(sku, 2))

    await count.approve()

    expect(await onHand()).toBe(14)
    const [line] =
      await tx`select delta, reason from public.stock_movements where document = ${count.document}`
    expect(line).toEqual({ delta: 12 + 2 + fromNothing, reason: 'recount' })
    expect((await count.read()).count.status).toBe('approved')
    await noDrift(tx)
  }))

test('two people, two places: what they find adds up', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku } = await countOfTwelve(tx)
    await actAs(tx, await person(tx, 'stock'))
    await count.record(found(sku, 5), found(sku, 3))
    await tx`select set_config('role', 'none', true)`
    await actAs(tx, await person(tx, 'stock'))
    await count.record(found(sku, 4))

    expect((await count.read()).lines).toMatchObject([{ counted: 12 }])
  }))

test('an entry that comes twice, late or after its withdrawal counts as it should', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku } = await countOfTwelve(tx)
    const [kept, mistake] = [found(sku, 5), found(sku, 90)]

    await count.record({ ...mistake, withdrawn: true }, kept)
    await count.record({ ...kept, began_ms: 9_000_000, ended_ms: 8_999_000 }, mistake)

    expect((await count.read()).lines).toMatchObject([{ counted: 5 }])
    const attempt = tx.savepoint(
      (nested) => nested`select public.record_count(${count.id}, ${nested.json([{ ...kept, units: 6 }])})`,
    )
    expect(await refusal(attempt)).toMatchObject({ status: 409, code: 'idempotency_key_reused' })
  }))

test('a code nobody knows is handed back, and the rest is counted', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, variantId } = await countOfTwelve(tx)
    await tx`update public.variants set barcode = '4006381333931' where id = ${variantId}`
    const wrong = found('NO-SUCH-THING', 1)

    const answer = await count.record(found(sku, 5), wrong, found(' 4006381333931 ', 2))

    expect(answer.unknown).toEqual([wrong.id])
    expect((await count.read()).lines).toMatchObject([{ counted: 7 }])
  }))

test('movements close to a count are asked about, and it waits for the answers', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, shopId, variantId, onHand } = await countOfTwelve(tx)
    // Counting went on until now; the delivery of twelve and this sale are recorded in the middle of it.
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -1, 'damage', ${randomUUID()})`
    await count.record(found(sku, 10, { ended_ms: 0 }))
    const [line] = (await count.read()).lines
    const attempt = tx.savepoint(
      (nested) => nested`select public.approve_count(${count.id}, ${randomUUID()})`,
    )
    expect(await refusal(attempt)).toMatchObject({
      status: 409,
      code: 'count_unsettled',
      detail: { count_id: count.id, lines: [{ variant_id: variantId, open: 2 }] },
    })

    const [delivery, broken] = line?.movements ?? []
    expect([delivery?.delta, broken?.delta]).toEqual([12, -1])
    await count.answer(delivery?.id ?? 0, true)
    await count.answer(broken?.id ?? 0, false)
    await tx`update private.clock_offset set ahead = '1 minute'`
    await count.approve()

    // Ten of twelve were there, and one broke afterwards.
    expect(await onHand()).toBe(9)
    await noDrift(tx)
  }))

test('another entry is a new reading, so its questions are asked again', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku } = await countOfTwelve(tx)
    await count.record(found(sku, 10, { ended_ms: 0 }))
    await count.answer((await count.read()).lines[0]?.movements[0]?.id ?? 0, true)
    expect((await count.read()).lines).toMatchObject([{ open: 0, expected: 12 }])

    await count.record(found(sku, 1, { ended_ms: 0 }))

    expect((await count.read()).lines).toMatchObject([{ open: 1, expected: 0 }])
  }))

test('only what is close to a count can be answered', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku } = await countOfTwelve(tx)
    await count.record(found(sku, 10))

    const attempt = tx.savepoint((nested) => nested`select public.answer_count(${count.id}, 1, true)`)

    expect(await refusal(attempt)).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: 'movement_id' },
    })
  }))

test('a line left out is not saved, and a closed count stays closed', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, variantId, onHand } = await countOfTwelve(tx)
    const entry = found(sku, 3)
    await count.record(entry)
    const key = randomUUID()

    await count.approve([variantId], key)
    await count.approve([variantId], key)

    expect(await onHand()).toBe(12)
    expect((await count.record(entry)).entries).toHaveLength(1)
    const late = tx.savepoint(
      (nested) => nested`select public.record_count(${count.id}, ${nested.json([found(sku, 1) as never])})`,
    )
    expect(await refusal(late)).toMatchObject({
      status: 409,
      code: 'count_closed',
      detail: { status: 'approved' },
    })
    const again = tx.savepoint((nested) => nested`select public.approve_count(${count.id}, ${randomUUID()})`)
    expect(await refusal(again)).toMatchObject({ code: 'count_closed' })
  }))

test('committed units cannot be counted away', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, variantId, onHand } = await countOfTwelve(tx)
    await tx`select public.hold_stock(${variantId}, 10, ${randomUUID()}, ${'a'.repeat(32)})`
    await count.record(found(sku, 5, { ended_ms: 0 }))
    await count.answer((await count.read()).lines[0]?.movements[0]?.id ?? 0, true)
    await tx`update private.clock_offset set ahead = '1 minute'`

    const attempt = tx.savepoint(
      (nested) => nested`select public.approve_count(${count.id}, ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      code: 'insufficient_stock',
      detail: { short: [{ delta: -7, available: 2 }] },
    })
    expect(await onHand()).toBe(12)
  }))

test('a count is reversed as one document, once', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, shopId, variantId, onHand } = await countOfTwelve(tx)
    await count.record(found(sku, 3))
    await count.approve()
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -4, 'damage', ${randomUUID()})`

    await count.reverse()

    expect(await onHand()).toBe(8)
    const lines =
      await tx`select delta from public.stock_movements where document = ${`${count.document} reversed`}`
    expect([...lines]).toEqual([{ delta: -3 }])
    const again = tx.savepoint((nested) => nested`select public.reverse_count(${count.id}, ${randomUUID()})`)
    expect(await refusal(again)).toMatchObject({ code: 'count_closed', detail: { status: 'reversed' } })
    await noDrift(tx)
  }))

test('an abandoned count books nothing', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, onHand } = await countOfTwelve(tx)
    await count.record(found(sku, 3))

    await count.abandon()

    expect(await onHand()).toBe(12)
    expect(await count.read()).toMatchObject({
      count: { status: 'abandoned' },
      lines: [{ counted: 3 }],
      uncounted: [],
    })
  }))

test('uncounted variants are listed: all of a location, a category of it, nothing of a shelf', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku, shopId, variantId } = await countOfTwelve(tx)
    expect(await count.read()).toMatchObject({
      uncounted: [{ variant_id: variantId, expected: 12 }],
      uncounted_total: 1,
    })

    await count.record(found(sku, 12))

    expect(await count.read()).toMatchObject({ uncounted: [], uncounted_total: 0 })
    const category = await aCount(tx, shopId, false, 'tests')
    expect(await category.read()).toMatchObject({ uncounted_total: 1 })
    const [shelf] =
      await tx`select id from public.start_count(${shopId}, false, ${randomUUID()}, null, 'Front shelf')`
    const [read] = await tx`select public.read_count(${shelf?.id}) as it`
    expect(read?.it).toMatchObject({ uncounted_total: 0 })
  }))

test('a changed line of an approved count does not stay hidden', () =>
  rolledBack(sql, async (tx) => {
    const { count, sku } = await countOfTwelve(tx)
    await count.record(found(sku, 3))
    await count.approve()

    await tx`update public.count_results set counted = 4 where count_id = ${count.id}`

    const drift = await tx`select aggregate, expected, actual from private.inventory_drift()`
    expect([...drift]).toMatchObject([
      { aggregate: 'counts', expected: { recorded: 4 }, actual: { recorded: 3 } },
    ])
  }))
