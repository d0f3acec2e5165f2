import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { rpc, session } from './support/api'
import { onSale } from './support/goods'

// A refusal that is raised would undo its own count. By the Data API alone: a session of the database has no response.

const sql = connect(2)
let variantId = ''
beforeAll(async () => {
  variantId = await onSale(sql, 3)
})
afterAll(() => sql.end())

test('an account that asks for what is not there, again and again, is told to wait', async () => {
  const key = { session: await session(`${randomUUID()}@guest.test`) }
  const [rate] = await sql`select guest from private.rates where kind = 'hold'`
  const ask = () =>
    rpc('hold_stock', { variant_id: variantId, quantity: 99, idempotency_key: randomUUID() }, key)
  const first = await ask()
  expect(first.status).toBe(409)
  expect(first.data).toMatchObject({ code: 'PT409', message: 'not_enough_left', hint: expect.any(String) })
  expect(JSON.parse((first.data as { details: string }).details)).toMatchObject({ short: [{ wanted: 99 }] })

  for (let n = 1; n < Number(rate?.guest); n++) await ask()

  expect((await ask()).status).toBe(429)
})
