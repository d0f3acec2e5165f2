import type { Locator, Page } from '@playwright/test'
import sharp from 'sharp'
import { expect } from './fixtures'

/** Adds a photo on a product sheet, beside a file that only claims to be one. */
export async function addPhoto(page: Page): Promise<void> {
  const photo = sharp({ create: { width: 700, height: 500, channels: 3, background: '#c63' } })
  await page
    .getByLabel('Add photos', { exact: true })
    .last()
    .setInputFiles([
      { name: 'page.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg onload="alert(1)"/>') },
      { name: 'carafe.jpg', mimeType: 'image/jpeg', buffer: await photo.jpeg().toBuffer() },
    ])
  await expect(page.getByText('page.jpg is a drawing (SVG)')).toBeVisible()
  await expect(page.getByText('Alt text is empty')).toBeVisible()
}

/** Whether an image is that photo, served by the shop. */
export async function expectPhoto(image: Locator): Promise<void> {
  await image.scrollIntoViewIfNeeded()
  await expect(image).toHaveJSProperty('complete', true)
  await expect(image).not.toHaveJSProperty('naturalWidth', 0)
  expect(await image.evaluate((img: HTMLImageElement) => img.currentSrc)).toMatch(
    /\/pictures\/[0-9a-f-]+-700x500/,
  )
}
