import { expect, test } from '@playwright/test'

test('pictures are static files that are kept for a day, then asked for by their ETag', async ({
  request,
}) => {
  const first = await request.get('/art/jug-marigold-cobalt-4.svg')
  const { etag = '', ...headers } = first.headers()

  expect(first.status()).toBe(200)
  expect(headers['content-type']).toContain('image/svg+xml')
  expect(headers['cache-control']).toContain('max-age=86400')
  expect(headers['content-security-policy']).toBe("default-src 'none'")
  const again = await request.get('/art/jug-marigold-cobalt-4.svg', { headers: { 'if-none-match': etag } })
  expect(again.status()).toBe(304)
})

test('a drawing that is not made any more is the placeholder, not a broken picture', async ({ request }) => {
  const gone = await request.get('/art/amphora-sky-persimmon-7.svg')
  const placeholder = await request.get('/no-picture.svg')

  expect(gone.status()).toBe(200)
  expect(await gone.text()).toBe(await placeholder.text())
})

test('every picture of the shop window and of a category is there', async ({ page }) => {
  for (const path of ['/', '/category/table']) {
    await page.goto(path)
    const pictures = page.locator('img[src^="/art/"]')
    expect(await pictures.count()).toBeGreaterThan(5)
    const missing = await pictures.evaluateAll(async (all) => {
      const sources = all.map((img) => img.getAttribute('src') ?? '')
      const answers = await Promise.all(sources.map(async (src) => [src, (await fetch(src)).status]))
      return answers.filter(([, status]) => status !== 200)
    })
    expect(missing).toEqual([])
  }
})

test('the share image of a product shows its drawing', async ({ page, request }) => {
  await page.goto('/products/pour-jug')
  const address = await page.locator('meta[property="og:image"]').getAttribute('content')
  const image = await request.get(new URL(address ?? '').pathname)

  expect(image.status()).toBe(200)
  expect(image.headers()['content-type']).toBe('image/png')
  expect((await image.body()).length).toBeGreaterThan(20_000)
})

test('the gallery of a product goes from picture to picture and enlarges one without JavaScript', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/products/pour-jug')
  const pictures = page.getByRole('region', { name: 'Pictures of Pour Jug' })
  const second = pictures.getByRole('list', { name: 'Pictures, side by side' }).getByRole('img').nth(1)
  await expect(second).not.toBeInViewport()

  await pictures.getByRole('link', { name: 'Show picture 2' }).click()
  await expect(second).toBeInViewport()
  await pictures.getByRole('button', { name: 'Enlarge picture 2' }).click()
  await expect(pictures.getByRole('button', { name: 'Close' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pictures.getByRole('button', { name: 'Close' })).toBeHidden()
  await context.close()
})
