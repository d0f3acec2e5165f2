import { randomUUID } from 'node:crypto'
import { locks } from 'node:worker_threads'
import { screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StockBadge } from '@/components/stock/stock-badge'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, openPage, openProduct } from './support/shop-window'
import { aStaffMember } from './support/staff-member'
import { overheard } from './support/wiretap'

const sql = connect()
let counter: Counter

// jsdom has none; Node's are real ones.
Object.defineProperty(navigator, 'locks', { value: locks })

beforeEach(async () => {
  counter = await aCounter(sql, 4)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

type Tab = ReturnType<typeof openProduct>

async function openTab(): Promise<Tab> {
  const tab = openProduct(counter, await counter.shelf())
  await reads(tab, 'live')
  return tab
}

const reads = (tab: Tab, words: string) => within(tab.container).findByText(words, {}, { timeout: 10_000 })

async function allRead(tabs: readonly Tab[], words: string): Promise<void> {
  for (const tab of tabs) await reads(tab, words)
}

test('three tabs of a browser have one socket, and all of them follow', async () => {
  const tabs = [await openTab(), await openTab(), await openTab()]

  expect(counter.cable.websockets()).toBe(1)
  // From here on only messages can tell.
  vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => undefined))
  await counter.move(-1)

  await allRead(tabs, '3 left')
})

test('when the tab with the socket is closed another takes over, and no sale is missed', async () => {
  const [leader, ...others] = [await openTab(), await openTab(), await openTab()]
  const freshness = within(others[0]?.container ?? document.body).getByLabelText('freshness')
  const seen = new Set<string | null>()
  const observer = new MutationObserver(() => seen.add(freshness.textContent))
  observer.observe(freshness, { childList: true, characterData: true, subtree: true })

  leader?.unmount()
  await counter.move(-1)
  await allRead(others, '3 left')
  await counter.move(-1)
  await allRead(others, '2 left')

  await expect.poll(() => counter.cable.websockets(), { timeout: 10_000 }).toBe(1)
  expect(seen).not.toContain('stale')
  observer.disconnect()
})

test('a tab that follows nothing any more leaves nothing behind in the tab with the socket', async () => {
  await openTab()
  const leaves = overheard('phx_leave')
  // Another product: tabs that follow the same one by Broadcast share its channel.
  const other = openPage(counter, <StockBadge productId={randomUUID()} first={[]} />)
  await reads(other, 'live')

  other.unmount()

  await expect.poll(leaves, { timeout: 10_000 }).toBe(1)
  expect(counter.cable.websockets()).toBe(1)
})

test('a socket that is cut is one socket again when the wire is mended', async () => {
  const tabs = [await openTab(), await openTab()]

  counter.cable.cut()
  await allRead(tabs, 'stale')
  await counter.move(-1)
  counter.cable.mend()

  await allRead(tabs, '3 left')
  await allRead(tabs, 'live')
  await expect.poll(() => counter.cable.websockets(), { timeout: 10_000 }).toBe(1)
})

test('signed-in and signed-out pages share no socket', async () => {
  const ada = await aStaffMember(sql)
  await openTab()
  const badge = <StockBadge productId={counter.productId} first={await counter.shelf()} />

  const staff = openPage(counter, badge, () => Promise.resolve(ada.token))
  await reads(staff, 'live')

  expect(counter.cable.websockets()).toBe(2)
})

test('the tab that is hidden gives up the socket to one that is seen', async () => {
  const tabs = [await openTab(), await openTab()]
  const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await expect.poll(() => counter.cable.websockets(), { timeout: 10_000 }).toBe(0)

  visible.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await counter.move(-1)

  await allRead(tabs, '3 left')
  await allRead(tabs, 'live')
  expect(counter.cable.websockets()).toBe(1)
  expect(screen.getAllByText('3 left')).toHaveLength(2)
})
