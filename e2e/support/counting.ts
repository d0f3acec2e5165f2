import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { expect } from './fixtures'
import type { Goods, Sellable } from './shop'

const shelf = 'Top shelf'

/** Starts a count of one shelf by its form. Without slack, only movements during the count are asked about. */
export async function startCount(page: Page, sql: Sql, goods: Goods): Promise<string> {
  await page.goto('/staff/counts')
  await page.getByLabel('Location').selectOption(goods.location.name)
  await page.getByLabel('Shelf (optional)').fill(shelf)
  await page.getByRole('button', { name: 'Start counting' }).click()
  await expect(page.getByRole('heading', { name: /^Count \d+$/ })).toBeVisible()
  const id = page.url().split('/').at(-1) ?? ''
  await sql`update public.counts set slack = '0' where id = ${id}`
  return id
}

export async function scan(page: Page, { sku }: Sellable, units: number): Promise<void> {
  await page.getByLabel('SKU or barcode').focus()
  await page.keyboard.type(sku)
  await page.keyboard.press('Enter')
  await page.keyboard.type(String(units))
  await page.keyboard.press('Enter')
}

export const line = (page: Page, { name }: Sellable) => page.getByRole('listitem', { name })
