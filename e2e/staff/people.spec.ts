import { randomUUID } from 'node:crypto'
import { expect, signIn, test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'

test('a staff member is invited, works with their rights, and loses them, live; the trail shows it all', async ({
  visit,
  goods,
}) => {
  const tag = randomUUID().slice(0, 8)
  const noor = { id: '', email: `noor-${tag}@onhand.test`, password: randomUUID() }
  const name = `Noor ${tag}`
  const manager = await visit('manager')

  await manager.goto('/staff/people')
  await manager.getByRole('textbox', { name: 'Name' }).fill(name)
  await manager.getByRole('textbox', { name: 'E-mail' }).fill(noor.email)
  await manager.getByLabel(goods.location.name).check()
  await manager.getByRole('button', { name: 'Create invitation' }).click()
  await expect(manager.getByText(`Send this link to ${name}.`)).toBeVisible()
  await expectReadable(manager)
  const link = await manager.getByRole('textbox', { name: 'Link' }).inputValue()

  // Joining needs no JavaScript. A password that is too short is refused in words first.
  const desk = await visit('shopper', { javaScriptEnabled: false })
  await desk.goto(link)
  await expect(desk.getByText(`to work here as a stock keeper at ${goods.location.name}`)).toBeVisible()
  await desk.getByLabel('Choose a password').fill('short')
  await desk.getByRole('button', { name: 'Join' }).click()
  await expect(desk.getByText('The password is too short')).toBeVisible()
  await desk.getByLabel('Choose a password').fill(noor.password)
  await desk.getByRole('button', { name: 'Join' }).click()
  await expect(desk.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  await desk.goto(link)
  await expect(desk.getByText('This invitation was already accepted')).toBeVisible()

  const phone = await visit('shopper', { viewport: { width: 390, height: 844 } })
  await signIn(phone, noor)
  await expect(phone.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  await phone.goto('/staff/counts')
  await expect(phone.getByRole('combobox', { name: 'Location' }).getByRole('option')).toHaveText([
    goods.location.name,
  ])
  await phone.goto(`/staff/variants/${goods.variants[0].id}`)
  await expect(phone.getByRole('heading', { name: 'Count', exact: true })).toBeVisible()

  await manager.goto('/staff/people')
  await manager.getByRole('link', { name }).click()
  await expect(manager.getByRole('heading', { name: `Access for ${name}` })).toBeVisible()
  await manager.getByRole('combobox', { name: 'Role' }).selectOption('viewer')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByText('viewer, here since')).toBeVisible()
  await expect(phone.getByText('You are now a viewer')).toBeVisible()
  await expect(phone.getByRole('heading', { name: 'Count', exact: true })).toBeHidden()

  await manager.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(manager.getByText('Last used on')).toBeVisible()
  await expect(phone.getByText('You were signed out on every device.')).toBeVisible()
  await desk.goto('/staff')
  await expect(desk.getByText('You were signed out on every device.')).toBeVisible()

  await manager.getByRole('button', { name: 'End access' }).click()
  await expect(manager.getByText('no longer has access').first()).toBeVisible()
  await signIn(desk, noor)
  await expect(desk.getByRole('heading', { name: 'Your access has ended' })).toBeVisible()

  await manager.goto(`/staff/audit?q=${tag}&what=staff_member`)
  const tools = manager.getByRole('navigation', { name: 'Staff tools' })
  await expect(tools.getByRole('link', { name: 'People' })).toHaveAttribute('aria-current', 'true')
  await expect(manager.getByText('stock keeper → viewer')).toBeVisible()
  await expect(manager.getByText('activeyes → no')).toBeVisible()
  await expect(manager.getByText(`Created staff member ${name}`, { exact: false })).toBeVisible()
  await manager.getByRole('combobox', { name: 'Subject' }).selectOption('Invitation')
  await manager.getByRole('button', { name: 'Search' }).click()
  await expect(manager.getByText(`created invitation ${noor.email}`)).toBeVisible()
  await expectReadable(manager)
})

test('a manager who would lose the role themselves is asked whether they are sure', async ({
  visit,
  sql,
}) => {
  const manager = await visit('manager')
  const [before] =
    await sql`select count(*)::int as managers from public.staff where role = 'manager' and active`
  expect(before?.managers, 'the demo manager beside this one').toBeGreaterThan(1)

  await manager.goto('/staff/people')
  await manager.getByRole('banner').getByRole('link', { name: 'Robin the manager' }).click()
  await expect(manager.getByRole('heading', { name: 'Access for Robin the manager' })).toBeVisible()
  await manager.getByRole('combobox', { name: 'Role' }).selectOption('viewer')
  await manager.getByRole('button', { name: 'Save' }).click()

  await expect(manager.getByText('You would remove your own manager role')).toBeVisible()
  await expect(manager.getByRole('button', { name: 'Confirm change' })).toBeVisible()
  await expect(manager.getByRole('combobox', { name: 'Role' })).toHaveValue('viewer')
})
