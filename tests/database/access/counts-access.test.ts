import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom, reaches, type Who } from '@/tests/support/everyone'
import { aCount, found } from '@/tests/support/shop/counts'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

async function countOfTwelve(tx: Tx, blind = false) {
  const stocked = await twelveUnits(tx)
  const [{ sku } = { sku: '' }] = await tx`select sku from public.variants where id = ${stocked.variantId}`
  const count = await aCount(tx, stocked.shopId, blind)
  await count.record(found(String(sku), 3))
  return { ...stocked, sku: String(sku), count }
}

test.for(everyone)('a %s sees counts if they work here', (who) =>
  rolledBack(sql, async (tx) => {
    const { count } = await countOfTwelve(tx)
    await actAs(tx, await caller(tx, who))

    for (const [table, column] of [
      ['counts', 'id'],
      ['count_entries', 'count_id'],
    ] as const) {
      const read = tx.savepoint(
        (nested) => nested`select from ${nested(`public.${table}`)} where ${nested(column)} = ${count.id}`,
      )
      if (who === 'shopper') await expect(read).rejects.toMatchObject({ code: '42501' })
      else expect(await read).toHaveLength(who === 'customer' ? 0 : 1)
    }
    const read = tx.savepoint((nested) => nested`select public.read_count(${count.id})`)
    if (reaches(who, 'viewer')) expect(await read).toHaveLength(1)
    else if (who === 'shopper') await expect(read).rejects.toMatchObject({ code: '42501' })
    else expect(await refusal(read)).toMatchObject({ status: 403, code: 'role_required' })
  }),
)

const operations: Record<
  string,
  { from: Who; ask: (tx: Tx, count: { id: string; sku: string; shopId: string }) => Promise<unknown> }
> = {
  start: {
    from: 'stock',
    ask: (tx, { shopId }) => tx`select public.start_count(${shopId}, false, ${randomUUID()})`,
  },
  record: {
    from: 'stock',
    ask: (tx, { id, sku }) => tx`select public.record_count(${id}, ${tx.json([{ ...found(sku, 1) }])})`,
  },
  abandon: { from: 'stock', ask: (tx, { id }) => tx`select public.abandon_count(${id}, ${randomUUID()})` },
  approve: { from: 'manager', ask: (tx, { id }) => tx`select public.approve_count(${id}, ${randomUUID()})` },
  reverse: { from: 'manager', ask: (tx, { id }) => tx`select public.reverse_count(${id}, ${randomUUID()})` },
}

for (const [operation, { from, ask }] of Object.entries(operations)) {
  test.for(everyone)(`${operation} a count: a %s may only if their role allows it`, (who) =>
    rolledBack(sql, async (tx) => {
      const { count, sku, shopId } = await countOfTwelve(tx)
      if (operation === 'reverse') await count.approve()
      await actAs(tx, await caller(tx, who))

      const attempt = tx.savepoint((nested) => ask(nested, { id: count.id, sku, shopId }))

      await expectAllowedFrom(from, who, attempt)
    }),
  )
}

test.for([
  ['viewer', null],
  ['stock', null],
  ['manager', 12],
] as const)('while a blind count is open, what is expected is told to managers alone (%s)', ([who, told]) =>
  rolledBack(sql, async (tx) => {
    const { count, sku } = await countOfTwelve(tx, true)
    await count.record(found(sku, 0, { ended_ms: 0 }))
    const before = await count.read()
    await count.answer(before.lines[0]?.movements[0]?.id ?? 0, true)
    await actAs(tx, await person(tx, who))

    expect((await count.read()).lines).toMatchObject([{ counted: 3, expected: told }])
  }),
)

test('nobody writes into a count by hand, not even a manager', () =>
  rolledBack(sql, async (tx) => {
    const { count } = await countOfTwelve(tx)
    await actAs(tx, await person(tx, 'manager'))

    for (const table of ['counts', 'count_entries', 'count_answers', 'count_results']) {
      const attempt = tx.savepoint((nested) => nested`delete from ${nested(`public.${table}`)}`)
      await expect(attempt).rejects.toMatchObject({ code: '42501' })
    }
    expect((await count.read()).lines).toHaveLength(1)
  }))

test('a count nobody started is unknown to everybody', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const id = randomUUID()
    const attempt = tx.savepoint((nested) => nested`select public.read_count(${id})`)
    expect(await refusal(attempt)).toMatchObject({ status: 404, code: 'not_found', detail: { count_id: id } })
  }))
