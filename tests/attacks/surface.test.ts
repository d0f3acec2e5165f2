import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aToken, hold, place, rpc } from './support/api'
import { collection, onSale } from './support/goods'

const sql = connect(1)
afterAll(() => sql.end())

test('the world may execute no function that changes anything', async () => {
  const open = await sql`select p.oid::regprocedure::text as name
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private') and p.provolatile = 'v' and has_function_privilege('anon', p.oid, 'execute')`
  expect(open.map(({ name }) => name)).toEqual([])
})

const aGuestsOrder = async () => {
  const variant_id = await onSale(sql, 5)
  const [cart_token, order_token] = [aToken(), aToken()]
  await hold({ variant_id, quantity: 1, cart_token })
  const [answer] = await place({
    cart_token,
    order_token,
    delivery: collection,
    contact: { email: 'ada@private.test', name: 'Ada' },
  })
  return { id: answer?.order?.order_id, order_token }
}

test("a guest's token opens that guest's order, and nobody else's, though the shop's key comes with it", async () => {
  const { id, order_token } = await aGuestsOrder()
  const read = (token: unknown) => rpc('read_order', { order_id: id, order_token: token })

  expect((await read(order_token)).status).toBe(200)
  for (const token of [
    aToken(),
    order_token.toLowerCase(),
    ` ${order_token}`,
    '',
    'x'.repeat(300),
    { t: order_token },
  ])
    expect((await read(token)).text).not.toContain('private.test')
})

test("nor cancels a guest's token another guest's order", async () => {
  const { id } = await aGuestsOrder()

  const { status } = await rpc('cancel_order', {
    order_id: id,
    order_token: aToken(),
    idempotency_key: crypto.randomUUID(),
  })

  expect(status).toBe(404)
  expect((await sql`select status from public.orders where id = ${String(id)}`)[0]?.status).toBe('placed')
})
