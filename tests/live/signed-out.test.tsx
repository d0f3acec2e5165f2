import { act, screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { stockLevelsOf } from '@/lib/domain/stock/live'
import type { StockLevel } from '@/lib/domain/stock/stock'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isLive, openPage, reads } from './support/shop-window'
import { aStaffMember } from './support/staff-member'

const sql = connect()
const nothing: readonly StockLevel[] = []
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 5)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

function Level() {
  const { rows } = useLiveQuery(stockLevelsOf([counter.variantId]), nothing)
  return <p>{rows[0]?.on_hand ?? 'unknown'} on hand</p>
}

const show = (isVisible: boolean) =>
  act(async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isVisible ? 'visible' : 'hidden')
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })

test('a page whose session has ended offers to sign in, and is live again after it', async () => {
  const { token } = await aStaffMember(sql)
  let current: string | null = null
  openPage(counter, <Level />, async () => current)

  const link = await screen.findByRole('link', { name: 'Sign in' }, { timeout: 10_000 })
  expect(link.getAttribute('href')).toBe('/staff/sign-in?next=%2F')
  expect(link.closest('p')?.textContent).toBe('You are signed out. Sign in')

  current = token
  await show(false)
  await show(true)
  await isLive()
  await reads('5 on hand')
  expect(screen.queryByRole('link', { name: 'Sign in' })).toBeNull()
})

test('a page whose token is refused is signed out, not reconnecting', async () => {
  const { token } = await aStaffMember(sql)
  const [header, claims] = token.split('.')
  openPage(counter, <Level />, async () => `${header}.${claims}.${'A'.repeat(43)}`)

  await reads('You are signed out')
})
