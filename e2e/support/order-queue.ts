import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures'

/** The row of an order. Found by its link: the text of a row begins with the number and goes on with the date. */
export function rowOf(page: Page, number: string): Locator {
  const link = page.getByRole('link', { name: number, exact: true })
  return page.getByRole('row').filter({ has: link })
}

export async function openOrder(page: Page, number: string): Promise<void> {
  await page.goto(`/staff/orders?stage=all&q=${number}`)
  await page.getByRole('link', { name: number, exact: true }).click()
  await expect(page.getByRole('heading', { name: `Order ${number}` })).toBeVisible()
}
