import { afterAll, expect, test } from 'vitest'
import { Shop } from '@/lib/domain/settings/shop'
import { connect } from '@/tests/support/database'

const sql = connect(1)
afterAll(() => sql.end())

test('the demo shop is a row that every page can show', async () => {
  const [row] = await sql`select * from public.shop_settings`
  expect(Shop.parse(row)).toMatchObject({ name: 'Fewings', time_zone: 'Europe/Brussels' })
})
