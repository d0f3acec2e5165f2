import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { countsOf, networkShare, onSale } from './support/goods'
import { post } from './support/server'

const sql = connect(1)
afterAll(() => sql.end())

test('a network keeps to its share, whatever addresses the caller claims to come from', {
  timeout: 60_000,
}, async () => {
  const variant_id = await onSale(sql, 400)

  for (let n = 0; n < 120; n++) {
    // The proxy in front appends the address it saw: all entries before it are the caller's claims.
    const from = [`10.1.${n}.7, 198.51.100.9`, '198.51.100.9', `[2001:db8::${n}], 198.51.100.9`][n % 3] ?? ''
    await post(
      '/cart/add',
      { variant_id, quantity: '5', idempotency_key: randomUUID(), page: '/' },
      {
        'x-forwarded-for': from,
        'x-real-ip': `10.9.9.${n}`,
        forwarded: `for=10.8.8.${n}`,
      },
    )
  }

  expect((await countsOf(sql, variant_id)).held).toBeLessThanOrEqual(await networkShare(sql, 400))
})
