import { expect } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { test } from '@/e2e/support/shopping'

test('a manager sets the tax of a country, corrects it and removes it, by keys at 390 px', async ({
  visit,
}) => {
  const page = await visit('manager', { viewport: { width: 390, height: 844 } })
  await page.goto('/staff/settings/tax')
  await expect(page.getByText('No rates yet.', { exact: false })).toBeVisible()
  await expectReadable(page)
  const form = page.getByRole('form', { name: 'Add a rate' })
  const save = async (percentage: string) => {
    await form.getByLabel('Country of delivery').selectOption({ label: 'Norway' })
    await form.getByLabel('Tax in percent').fill(percentage)
    await form.getByRole('button', { name: 'Save rate' }).press('Enter')
  }

  await save('a lot')
  await expect(form.getByText('Enter a percentage from 0 to 100', { exact: false })).toBeVisible()
  await save('25')
  await expect(page.getByText('Norway, All categories: 25 %')).toBeVisible()
  await save('12,5')
  await expect(page.getByText('Norway, All categories: 12.5 %')).toBeVisible()
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/tax-settings-390.png', fullPage: true })

  await page.getByRole('button', { name: 'Remove rate Norway, All categories' }).press('Enter')
  await expect(page.getByText('No rates yet.', { exact: false })).toBeVisible()
})
