import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Browser, type Page } from '@/bench/shopping/browser'
import { formWith, plain } from '@/bench/shopping/forms'
import type { Goods } from '@/bench/shopping/goods'
import { refusalOn } from '@/bench/shopping/guest'
import type { Timing } from './timings'

export interface Crowd {
  timings: Timing[]
  /** Resolves when everybody has gone. */
  gone: Promise<void>
}

let visits = 0
/** Everybody comes from a network of their own, as the proxy in front would name it. */
const ownNetwork = () => {
  const n = ++visits
  return { 'x-forwarded-for': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` }
}

/** So many ordinary shoppers, until it is over: each looks, adds, changes, checks out and returns as a new guest. */
export function ordinaryShoppers(
  shop: string,
  goods: readonly Goods[],
  size: number,
  thinkMs: number,
  isOver: () => boolean,
): Crowd {
  const timings: Timing[] = []
  const lives = Array.from({ length: size }, async (_, n) => {
    await sleep((thinkMs * n) / size)
    for (let round = 0; !isOver(); round++) {
      // One in five wants what the attackers want.
      const wanted = goods[(n + round) % 5 === 0 ? 0 : 1 + ((n + round) % (goods.length - 1))] as Goods
      await visit(shop, wanted, thinkMs, isOver, timings)
    }
  })
  return { timings, gone: Promise.all(lives).then(() => undefined) }
}

async function visit(
  shop: string,
  { path }: Goods,
  thinkMs: number,
  isOver: () => boolean,
  timings: Timing[],
): Promise<void> {
  const browser = new Browser(shop, ownNetwork())
  const timed = async (step: string, status: number, ask: () => Promise<Page>): Promise<Page | null> => {
    const begun = performance.now()
    const page = await Promise.resolve()
      .then(ask)
      .catch((error: Error): Page => ({ status: 0, path: '', html: error.message, location: null }))
    const said =
      page.status === status
        ? refusalOn(page)
        : `${page.status} instead of ${status}: ${plain(page.html).slice(0, 80)}`
    timings.push({ step, ms: performance.now() - begun, status: page.status, wrong: said })
    if (!isOver()) await sleep(thinkMs * (0.5 + Math.random()))
    return page.status === status ? page : null
  }
  await timed('home', 200, () => browser.get('/'))
  const product = await timed('product', 200, () => browser.get(path))
  if (!product || isOver()) return
  const add = () => {
    const form = formWith(product.html, 'Add to cart')
    return browser.send(
      { path },
      { ...form, fields: new Map([...form.fields, ['idempotency_key', randomUUID()]]) },
    )
  }
  if (!(await timed('add', 303, add))) return
  const cart = await timed('cart', 200, () => browser.get('/cart'))
  if (!cart) return
  if (Math.random() < 0.5) await timed('change', 303, () => browser.press(cart, 'Remove', { by: '1' }))
  const checkout = await timed('checkout', 200, () => browser.get('/checkout'))
  if (!checkout) return
  const email = `${randomUUID().slice(0, 8)}@shopper.test`
  const ordered = await timed('order', 303, () =>
    browser.press(checkout, 'Place order', { name: 'Ada Lovelace', email }),
  )
  if (ordered?.location) await timed('its page', 200, () => browser.get(ordered.location ?? '/'))
}
