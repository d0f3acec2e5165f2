import { expect, test } from '@/e2e/support/fixtures'
import { phone } from '@/e2e/support/keys'
import { expectReadable } from '@/e2e/support/readable'

const pages = ['', '/shop', '/look', '/home', '/limits']

test('a setting that a manager saves is on every page of the shop, and on the pages of other managers', async ({
  visit,
}) => {
  const [manager, other, shopper] = await Promise.all([visit('manager'), visit('manager'), visit('shopper')])
  await other.goto('/staff/settings/shop')
  await manager.goto('/staff')
  await manager.getByRole('link', { name: 'Settings' }).click()
  await manager.getByRole('main').getByRole('link', { name: 'Shop' }).click()
  const slogan = manager.getByRole('textbox', { name: 'Slogan' })
  const before = await slogan.inputValue()

  await slogan.fill('Counted every evening')
  await manager.getByRole('textbox', { name: 'Phone' }).fill('call me')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByText('Enter a phone number')).toBeVisible()
  await expect(slogan).toHaveValue('Counted every evening')
  await manager.getByRole('textbox', { name: 'Phone' }).fill('+32 9 555 01 20')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByText('Saved.')).toBeVisible()

  await expect(other.getByRole('textbox', { name: 'Slogan' })).toHaveValue('Counted every evening')
  await shopper.goto('/')
  await expect(shopper.getByRole('contentinfo').getByText('Counted every evening.')).toBeVisible()
  await expect(shopper).toHaveTitle(/: counted every evening$/)

  // Typed words are not lost to the other manager's, who saved first.
  await other.getByRole('textbox', { name: 'Slogan' }).fill('Mine')
  await slogan.fill(before)
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('Another manager changed these settings.')).toBeVisible()
  await expect(other.getByRole('textbox', { name: 'Slogan' })).toHaveValue('Mine')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('so nothing was saved')).toBeVisible()
  await other.getByRole('button', { name: 'Discard mine and show theirs' }).click()
  await expect(other.getByRole('textbox', { name: 'Slogan' })).toHaveValue(before)
  await manager.goto('/staff/audit')
  await expect(manager.getByText('changed the settings').first()).toBeVisible()
})

test('the pages of settings are readable by day and night, on a phone and a desk', async ({ visit }) => {
  const views = [
    await visit('manager', { ...phone, colorScheme: 'dark' }),
    await visit('manager', { viewport: { width: 1440, height: 900 } }),
  ]
  for (const page of views) {
    for (const path of pages) {
      await page.goto(`/staff/settings${path}`)
      await expectReadable(page)
    }
  }
})

test('the title of the home page is content', async ({ visit }) => {
  const [manager, shopper] = await Promise.all([
    visit('manager'),
    visit('shopper', { javaScriptEnabled: false }),
  ])
  await manager.goto('/staff/settings/home')
  const title = manager.getByRole('textbox', { name: 'Title' })
  const before = await title.inputValue()
  await title.fill('Forty-one jugs, then none.')
  await manager.getByRole('textbox', { name: 'Picture', exact: true }).fill('//elsewhere.example/a.svg')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByText('Enter an address that begins with https://')).toBeVisible()
  await manager.getByRole('textbox', { name: 'Picture', exact: true }).fill('/art/scene-window.svg')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByText('Saved.')).toBeVisible()
  await shopper.goto('/')
  await expect(shopper.getByRole('heading', { name: 'Forty-one jugs, then none.' })).toBeVisible()
  await title.fill(before)
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(title).toHaveValue(before)
})

test('settings are saved by keyboard', async ({ visit }) => {
  const page = await visit('manager')
  await page.goto('/staff/settings/limits')
  const mark = page.getByRole('textbox', { name: 'Low stock from' })
  const before = await mark.inputValue()
  await mark.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('many')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter a whole number from 0 to 1000.')).toBeVisible()
  await expect(mark).toHaveAttribute('aria-invalid', 'true')
  await mark.fill(before)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Saved.')).toBeVisible()
})

test('a shopper finds products by the synonyms of managers, and other managers see them at once', async ({
  visit,
}) => {
  const [manager, other, shopper] = await Promise.all([
    visit('manager'),
    visit('manager'),
    visit('shopper', { javaScriptEnabled: false }),
  ])
  for (const page of [manager, other]) await page.goto('/staff/settings/search')
  const synonyms = manager.getByRole('textbox', { name: 'Synonyms' })
  await synonyms.fill('lantern')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByText('Enter at least two words on each line')).toBeVisible()
  await synonyms.fill('lantern, plimsoll\nsofa, settee')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByText('Saved.')).toBeVisible()
  await expect(other.getByRole('textbox', { name: 'Synonyms' })).toHaveValue(/plimsoll/)

  await shopper.goto('/search?q=plimsoll')
  await expect(shopper.getByRole('link', { name: 'Yard Lantern' }).first()).toBeVisible()
  await synonyms.fill('')
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByRole('textbox', { name: 'Synonyms' })).toHaveValue('')
})

test('other staff find the settings they may read, and no others', async ({ visit }) => {
  const viewer = await visit('viewer')
  await viewer.goto('/staff')
  await expect(viewer.getByRole('link', { name: 'People' })).toBeVisible()
  await viewer.getByRole('link', { name: 'Settings' }).click()
  await expect(viewer.getByRole('main').getByRole('link')).toHaveText(['Delivery', 'Tax', 'Discounts'])
  await viewer.goto('/staff/settings/shop')
  await expect(viewer.getByRole('heading', { name: 'You don’t have access' })).toBeVisible()
})
