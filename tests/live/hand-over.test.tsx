import { cleanup } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isLive, openProduct, reads } from './support/shop-window'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 2)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

test('no sale is lost in the first moments of a page, whichever millisecond it falls into', async () => {
  for (let load = 0; load < 60; load += 1) {
    const first = await counter.shelf()
    openProduct(counter, first)
    await new Promise((later) => setTimeout(later, load * 2))

    await counter.move(load % 2 ? 1 : -1)

    await reads(load % 2 ? '2 left' : '1 left')
    cleanup()
  }
}, 120_000)

test('a hundred changes in a row end in the number the database has, painted four times a second', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()
  let paints = 0
  const badge = document.querySelector('[data-band]')
  if (!badge) throw new Error('no badge')
  const observer = new MutationObserver(() => {
    paints += 1
  })
  observer.observe(badge, { childList: true, characterData: true, subtree: true })

  const started = performance.now()
  for (let change = 0; change < 100; change += 1) await counter.move(change % 2 ? -1 : 1)
  const seconds = (performance.now() - started) / 1_000
  await counter.move(-2)
  await reads('Sold out')
  observer.disconnect()

  expect(paints).toBeLessThanOrEqual(4 * seconds + 3)
})
