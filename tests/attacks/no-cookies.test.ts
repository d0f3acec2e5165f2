import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { countsOf, onSale } from './support/goods'
import { post } from './support/server'

const sql = connect(1)
afterAll(() => sql.end())

test('a browser that sends no cookie back holds nothing, however often it adds to the cart', async () => {
  const variant_id = await onSale(sql, 5)
  const add = (path: string, cookie = '') =>
    post(path, { variant_id, quantity: '1', idempotency_key: randomUUID(), page: '/' }, { cookie })

  const first = await add('/cart/add')
  expect([first.status, first.headers.get('location')]).toEqual([
    307,
    expect.stringMatching(/\/cart\/add\?again$/),
  ])
  for (let clicks = 0; clicks < 3; clicks++) {
    const { status, text } = await add('/cart/add?again')
    expect([status, text]).toEqual([403, expect.stringContaining('Your browser blocks cookies')])
  }
  expect((await countsOf(sql, variant_id)).held).toBe(0)

  const [cookie = ''] = first.headers.getSetCookie().map((line) => line.split(';')[0])
  expect((await add('/cart/add?again', cookie)).status).toBe(303)
  expect((await countsOf(sql, variant_id)).held).toBe(1)
})
