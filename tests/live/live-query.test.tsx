import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isLive, openProduct, reads } from './support/shop-window'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 3)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

test('a sale elsewhere shows on an open page', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()
  expect(screen.getByText('3 left')).toBeDefined()

  await counter.move(-1)

  await reads('2 left')
})
