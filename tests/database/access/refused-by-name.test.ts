import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack, guest as theServer } from '@/tests/support/database'
import { theOffice } from '@/tests/support/people'
import { aGuest, aToken } from '@/tests/support/shop/shopping'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

// Found by the adversary (tests/kernel/adversary): input that ended as an error of the server.

const sql = connect(2)
afterAll(() => sql.end())

test('a token that outlives its account holds nothing', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    await actAs(tx, { role: 'authenticated', userId: randomUUID() })

    const hold = tx`select public.hold_stock(${variantId}, 1, ${randomUUID()})`

    expect(await refusal(hold)).toMatchObject({ status: 401, code: 'signed_out' })
  }))

test('nor does it take over the order of a guest', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const token = aToken()
    const guest = aGuest(tx, token)
    await actAs(tx, theServer)
    await guest.hold(variantId, 1)
    const { order_id } = await guest.place()
    await actAs(tx, { role: 'authenticated', userId: randomUUID() })

    const adopted = tx`select public.adopt_order(${order_id}, ${token})`

    expect(await refusal(adopted)).toMatchObject({ status: 401, code: 'signed_out' })
  }))

test.for([
  [{}],
  [{ column: 1, why: 'x' }],
  [{ column: 'a', why: '' }],
  [{ column: 'a', why: 'x', line: 'x' }],
  40,
  'x',
])('an import with %j as its problems is refused', (problems) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))

    const begun = tx`select public.begin_import('a.csv', ${randomUUID()}, problems => ${tx.json(problems as never)})`

    expect(await refusal(begun)).toMatchObject({ code: 'invalid_input', detail: { field: 'problems' } })
  }),
)

test('problems are kept by their known keys, and cut', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const sent = [{ line: 3, column: 'Price', value: 'x'.repeat(999), why: 'is no price', more: 1 }]

    const [row] =
      await tx`select (public.begin_import('a.csv', ${randomUUID()}, problems => ${tx.json(sent)}, kind => 'inventory')).problems`

    expect(row?.problems).toEqual([{ line: 3, column: 'Price', value: 'x'.repeat(300), why: 'is no price' }])
  }))

test.for([
  ['document', 'x'.repeat(121), null],
  ['note', null, 'x'.repeat(1001)],
  ['note', null, ''],
] as const)('a %s of another length is refused, and nothing is moved', ([, document, note]) =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const adjust = tx`select public.adjust_stock(${variantId}, ${shopId}, 1, 'return', ${randomUUID()}, ${document}, ${note})`

    expect(await refusal(adjust)).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: 'note' },
    })
  }),
)

test('a secret that opens another invitation is refused', () =>
  rolledBack(sql, async (tx) => {
    const [noor, omar] = [await person(tx), await person(tx)]
    await actAs(tx, await person(tx, 'manager'))
    const office = theOffice(tx)
    const { secret } = await office.invite(`${noor.userId}@onhand.test`, { role: 'stock' })
    const { id } = await office.invite(`${omar.userId}@onhand.test`, { role: 'stock' })

    expect(await refusal(office.renew(id, secret))).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: 'secret' },
    })
  }))

test.for([
  ['2026-01-01', 'infinity'],
  ['-infinity', '2026-01-01'],
  ['-infinity', 'infinity'],
  ['4000-01-01', '4001-01-01'],
])('a dashboard from %s to %s is refused', (edges) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'viewer'))

    const read = tx`select public.read_dashboard(array[${edges[0] ?? null}::text, ${edges[1] ?? null}::text]::timestamptz[], now())`

    expect(await refusal(read)).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: 'edges' },
    })
  }),
)
