import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'

test('staff see a network that holds much, end its holds, block it, and cancel its unpaid orders', async ({
  visit,
  goods,
  sql,
}) => {
  const network = randomBytes(16).toString('hex')
  const token = () => randomBytes(32).toString('base64url')
  const hold = (cart: string, units: number) =>
    sql`select public.hold_stock(${goods.variants[0].id}, ${units}, ${randomUUID()}, ${cart}, ${network})`
  const [one, other] = [token(), token()]
  await hold(one, 3)
  await hold(other, 2)
  const label = `Network ${network.slice(0, 6)}`

  const manager = await visit('manager', { viewport: { width: 390, height: 844 } })
  await manager.goto('/staff')
  await manager.getByRole('link', { name: 'Holds' }).click()
  await manager.getByRole('link', { name: label }).click()
  const holds = manager.getByRole('checkbox', { name: /held by guest/ })
  await expect(holds).toHaveCount(2)
  await expectReadable(manager)

  // By keys alone.
  const desk = await visit('manager')
  await desk.goto(`/staff/holds?network=${network}`)
  await desk.getByRole('checkbox', { name: /3 units/ }).press('Space')
  await desk.getByRole('button', { name: 'End selected holds' }).press('Enter')
  await expect(desk.getByText('Saved.', { exact: true })).toBeVisible()
  await expect(holds).toHaveCount(1)

  await manager.getByText(`Block ${label.toLowerCase()}`, { exact: false }).first().click()
  await manager.getByLabel(`Reason for blocking ${label.toLowerCase()}`).fill('Hoards')
  await manager.getByRole('button', { name: `Block ${label.toLowerCase()}` }).click()
  await expect(manager.getByRole('heading', { name: 'Blocked' })).toBeVisible()
  await expect(hold(other, 1)).rejects.toThrow('blocked')
  await manager.getByRole('button', { name: `Unblock ${label}` }).click()
  await expect(manager.getByRole('button', { name: `Unblock ${label}` })).toBeHidden()

  const email = `${randomUUID()}@example.test`
  await sql`select public.place_order(${sql.json({ email, name: 'Ada' })},
    ${sql.json({ method: 'collection', location_id: goods.location.id })}, 'on_collection', ${randomUUID()}, ${other}, ${other})`
  await manager.goto('/staff/holds')
  await manager.getByLabel('E-mail address').fill(email)
  await manager.getByRole('button', { name: 'Find unpaid orders' }).click()
  await expect(manager.getByText('1 unpaid order: 2 units')).toBeVisible()
  await manager.getByRole('button', { name: 'Cancel this order' }).click()
  await expect(manager.getByText('No unpaid orders match this filter.')).toBeVisible()
  const [order] = await sql`select status from public.orders where email = ${email}`
  expect(order?.status).toBe('cancelled')
})
