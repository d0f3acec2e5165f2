import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fetchPagesAhead } from '@/lib/client/browser/page-ahead'
import { oldestMs } from '@/lib/domain/pages/page-life'

const routers = { headers: { rsc: '1', 'next-router-state-tree': 'state' } }
const shop = vi.fn<typeof fetch>()

let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  shop.mockReset().mockImplementation(async (input) => page(`page of ${input}`, 0))
  window.fetch = shop
  document.body.innerHTML = ''
  stop = fetchPagesAhead()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

function page(body: string, ageSeconds: number): Response {
  return new Response(body, { headers: { age: String(ageSeconds) } })
}

async function pointAt(href: string, restsMs = 100): Promise<void> {
  document.body.innerHTML = `<a href="${href}"><span>a link</span></a>`
  document.querySelector('span')?.dispatchEvent(new Event('pointerover', { bubbles: true }))
  await vi.advanceTimersByTimeAsync(restsMs)
}

/** As Next's router asks for a page after a click. */
async function click(path: string): Promise<string> {
  const url = new URL(path, location.origin)
  url.searchParams.set('_rsc', 'state')
  return (await fetch(url, routers)).text()
}

test('a page whose link was pointed at is not asked for again after the click', async () => {
  await pointAt('/products/mug?variant=BLUE')

  const shown = await click('/products/mug?variant=BLUE')

  expect(shown).toBe('page of /products/mug?variant=BLUE&_rsc=')
  expect(shop).toHaveBeenCalledOnce()
})

test('a page ahead is shown once: the next click asks the shop', async () => {
  await pointAt('/products/mug')
  await click('/products/mug')

  await click('/products/mug')

  expect(shop).toHaveBeenCalledTimes(2)
})

test.each([
  { ageSeconds: 0, heldMs: oldestMs - 1_100, calls: 1 },
  { ageSeconds: 0, heldMs: oldestMs - 900, calls: 2 },
  { ageSeconds: 2, heldMs: 900, calls: 1 },
  { ageSeconds: 2, heldMs: 1_100, calls: 2 },
])(
  'no page ahead is older than a cached one: $ageSeconds s, held for $heldMs ms',
  async ({ ageSeconds, heldMs, calls }) => {
    shop.mockResolvedValueOnce(page('ahead', ageSeconds))
    await pointAt('/products/mug', 60)
    await vi.advanceTimersByTimeAsync(heldMs)

    await click('/products/mug')

    expect(shop).toHaveBeenCalledTimes(calls)
  },
)

test('a page that could not be fetched ahead is fetched after the click', async () => {
  shop.mockRejectedValueOnce(new TypeError('offline'))
  await pointAt('/products/mug')

  expect(await click('/products/mug')).toContain('page of')
})

test('a pointer that crosses a link, and private pages, fetch nothing', async () => {
  await pointAt('/products/mug', 40)
  await pointAt('/cart')
  await pointAt('https://elsewhere.example/products/mug')
  await pointAt(location.pathname)

  expect(shop).not.toHaveBeenCalled()
})

test('a press asks at once', async () => {
  document.body.innerHTML = '<a href="/search?q=mug">a link</a>'

  document.querySelector('a')?.dispatchEvent(new Event('pointerdown', { bubbles: true }))

  expect(shop).toHaveBeenCalledOnce()
})
