import { randomUUID } from 'node:crypto'
import type { TransactionSql } from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { actAs, aShop, type Caller, connect, deliver, person } from '@/tests/support/database'
import { aPicker, queueOf, skuOf } from '@/tests/support/shop/picking'
import { aGuest, drift, thePackingTable } from '@/tests/support/shop/shopping'

// A race cannot happen inside one transaction: these commit, on rows of their own.
const sql = connect(16)
afterAll(() => sql.end())

/** One call of one staff member, in its own transaction, as the Data API makes it. */
const as = <T>(who: Caller, call: (tx: TransactionSql) => Promise<T>) =>
  sql.begin(async (tx) => {
    await actAs(tx, who)
    return call(tx)
  })
const told = (work: Promise<unknown>) =>
  work.then(
    () => 'yes',
    (error: Error) => error.message,
  )
const count = (answers: string[], which: string) => answers.filter((answer) => answer === which).length
const staffMembers = (many: number) => Promise.all(Array.from({ length: many }, () => person(sql, 'stock')))

/** So many orders of so many units each, at a location of their own. */
async function orders(many: number, units: number) {
  const { variants, locations } = await aShop(sql)
  const [variantId = ''] = variants
  await deliver(sql, variantId, locations[0], many * units)
  const ids: string[] = []
  for (let n = 0; n < many; n += 1) {
    const guest = aGuest(sql)
    await guest.hold(variantId, units)
    ids.push((await guest.place()).order_id)
  }
  const itemOf = async (id: string) =>
    Number((await sql`select id from public.order_items where order_id = ${id}`)[0]?.id)
  return { ids, first: ids[0] ?? '', here: locations[0], sku: skuOf(variantId), itemOf }
}

test('of sixteen who take one order at once, one has it and fifteen are told', async () => {
  const [{ first }, team] = await Promise.all([orders(1, 1), staffMembers(16)])

  const answers = await Promise.all(team.map((who) => told(as(who, (tx) => aPicker(tx).claim(first)))))

  expect([count(answers, 'yes'), count(answers, 'order_claimed')]).toEqual([1, 15])
})

test('sixteen who ask for the next order at once get sixteen orders', async () => {
  const [{ ids, here }, team] = await Promise.all([orders(16, 1), staffMembers(16)])

  const got = await Promise.all(team.map((who) => as(who, (tx) => aPicker(tx).claimNext(here))))

  // Whom the others' locks left nothing asks again, as people do; nobody ever gets another's.
  for (const [n, order] of got.entries())
    if (order === null) got[n] = await as(team[n] as Caller, (tx) => aPicker(tx).claimNext(here))
  expect(got.toSorted()).toEqual(ids.toSorted())
})

test('sixteen scans of five units at once, from two phones of one person: five count', async () => {
  const [{ first, here, sku }, [who]] = await Promise.all([orders(1, 5), staffMembers(1)])
  if (!who) throw new Error('nobody')

  const answers = await Promise.all(
    Array.from({ length: 16 }, () => told(as(who, (tx) => aPicker(tx).pick(first, here, sku)))),
  )

  expect([count(answers, 'yes'), count(answers, 'nothing_to_pick')]).toEqual([5, 11])
  expect(await queueOf(sql, first)).toMatchObject({ stage: 'ready', ready: 5 })
  expect(await drift(sql)).toEqual([])
})

test('one scan sent sixteen times at once is one unit', async () => {
  const [{ first, here, sku }, [who]] = await Promise.all([orders(1, 5), staffMembers(1)])
  const key = randomUUID()
  if (!who) throw new Error('nobody')

  await Promise.all(
    Array.from({ length: 16 }, () => as(who, (tx) => aPicker(tx).pick(first, here, sku, 1, key))),
  )

  expect(await queueOf(sql, first)).toMatchObject({ to_pick: 4, ready: 1 })
})

test('concurrent picks, short picks and cancellations leave every number right', async () => {
  const [{ ids, here, sku, itemOf }, [ada, ben]] = await Promise.all([orders(12, 4), staffMembers(2)])
  if (!ada || !ben) throw new Error('nobody')

  const answers = await Promise.all(
    ids.flatMap((id) => [
      told(as(ada, (tx) => aPicker(tx).pick(id, here, sku, 2))),
      told(itemOf(id).then((item) => as(ben, (tx) => aPicker(tx).short(id, here, item, 3)))),
      told(thePackingTable(sql).cancel(id)),
    ]),
  )

  const known = ['yes', 'order_claimed', 'nothing_to_pick', 'order_not_open']
  expect(answers.filter((answer) => !known.includes(answer))).toEqual([])
  expect(await drift(sql)).toEqual([])
})
