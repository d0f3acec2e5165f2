import { RealtimeClient } from '@supabase/realtime-js'
import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StockBadge } from '@/components/stock/stock-badge'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type CartCount, cartCounts } from '@/lib/domain/cart/cart-count'
import { liveQuery } from '@/lib/domain/live/query'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { connect } from '@/tests/support/database'
import { aGuest, aToken, type Cart } from '@/tests/support/shop/shopping'
import { aCounter, type Counter, isLive, openPage, reads, underTest } from './support/shop-window'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 5)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

const countOf = ({ cart_id, version, lines }: Cart): CartCount => ({
  cart_id: cart_id ?? '',
  version: version ?? 0,
  units: lines.reduce((units, { quantity }) => units + quantity, 0),
})

/** The shop server's response to a page that asks for the count of a cart. */
const counts = cartCounts(async (cartId) =>
  (await sql`select cart_id, units, version::int from public.cart_units(${cartId})`).map((row) => ({
    ...row,
  })),
)

function Page({ cart, shelf = [] }: { cart: readonly [CartCount]; shelf?: readonly ShelfRow[] }) {
  const { rows } = useLiveQuery(liveQuery(counts, [cart[0].cart_id]), cart)
  return (
    <main>
      <p>{rows[0]?.units} in the cart</p>
      <StockBadge productId={counter.productId} first={shelf} />
    </main>
  )
}

test('a unit added to a cart on another device is counted on every page of its shopper', async () => {
  const guest = aGuest(sql)
  const cart = [countOf(await guest.hold(counter.variantId))] as const
  openPage(counter, <Page cart={cart} />)
  await isLive()

  await guest.hold(counter.variantId, 2)
  await reads('3 in the cart')
  await guest.place()

  await reads('0 in the cart')
})

test("cart changes during a page's disconnection are counted once the page is back", async () => {
  const guest = aGuest(sql)
  const cart = [countOf(await guest.hold(counter.variantId))] as const
  openPage(counter, <Page cart={cart} />)
  await isLive()

  counter.cable.cut()
  await guest.release(counter.variantId)
  counter.cable.mend()

  await reads('0 in the cart')
  await isLive()
})

test('the stock and the cart that one commit changed are shown together', async () => {
  const guest = aGuest(sql)
  const cart = [countOf(await guest.hold(counter.variantId))] as const
  openPage(counter, <Page cart={cart} shelf={await counter.shelf()} />)
  await isLive()
  const page = screen.getByRole('main')
  const seen: string[] = []
  const look = () => seen.push((page.textContent ?? '').replace(/\D+/g, ' ').trim())
  const observer = new MutationObserver(look)
  observer.observe(page, { childList: true, characterData: true, subtree: true })

  for (let units = 2; units <= 5; units += 1) {
    await counter.calm()
    await guest.hold(counter.variantId)
    await vi.waitFor(() => expect(page.textContent).toContain(`${units} in the cart`), 10_000)
    await vi.waitFor(() => expect(page.textContent).toContain(units < 5 ? `${5 - units} left` : 'Sold out'))
  }

  observer.disconnect()
  expect(new Set(seen)).toEqual(new Set(['2 3', '3 2', '4 1', '5']))
})

test("a page without the cart's id receives nothing of it, and one with it receives a count only", async () => {
  const { supabaseUrl, publishableKey } = underTest()
  const [guest, other] = [aGuest(sql), aGuest(sql, aToken())]
  const { cart_id } = await guest.hold(counter.variantId)
  const { cart_id: others } = await other.hold(counter.variantId)
  const outsider = new RealtimeClient(`${supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: publishableKey },
  })
  const heard: unknown[] = []
  const channel = outsider.channel(`carts:${others}`, { config: { private: true } })
  channel.on('broadcast', { event: '*' }, ({ payload }) => heard.push(payload))
  await new Promise<void>((joined) => channel.subscribe((status) => status === 'SUBSCRIBED' && joined()))

  await guest.hold(counter.variantId)
  await channel.send({ type: 'broadcast', event: 'changed', payload: { units: 99 } })
  await other.release(counter.variantId)

  await expect
    .poll(() => heard.at(-1), { timeout: 10_000 })
    .toMatchObject({ table: 'carts', new: { cart_id: others, units: 0, version: 3 } })
  expect(JSON.stringify(heard)).not.toMatch(new RegExp(`${cart_id}|"units":99`))
  await outsider.disconnect()
})
