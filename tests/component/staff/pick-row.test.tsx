import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { PickRow } from '@/components/staff/orders/picking/pick-row'
import type { PickLine } from '@/lib/domain/orders/order-desk'
import { fieldsOf, renderLive } from './support/live'
import { locations, orderId, pickLine } from './support/rows'

const show = (line: Partial<PickLine>, mayPick = true) =>
  renderLive(<PickRow orderId={orderId} line={pickLine(line)} mayPick={mayPick} locations={locations} />)
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent)

test('a line offers one unit, or all that are left', () => {
  show({ quantity: 3, picked: 1 })

  const form = screen.getByRole('form', { name: 'Pick Pour Jug, Chalk, at The shop' })
  const all = within(form).getByRole('button', { name: 'Pick all 2' })
  expect(fieldsOf(form, all)).toMatchObject({ order_id: orderId, code: 'JUG-1', quantity: '2' })
  expect(fieldsOf(form, within(form).getByRole('button', { name: 'Remove one' })).quantity).toBe('-1')
})

test('a complete line offers only to remove a unit, and nothing once the units are handed over', () => {
  const { unmount } = show({ quantity: 3, picked: 3 })
  expect(buttons()).toEqual(['Remove one'])
  unmount()

  show({ quantity: 3, picked: 3, fulfilled: 3 })
  expect(buttons()).toEqual([])
})

test('the last unit has one button, not two that do the same', () => {
  show({ quantity: 1, picked: 0 })

  expect(within(screen.getByRole('form', { name: /^Pick/ })).getAllByRole('button')).toHaveLength(1)
})

test('a line of another picker has its numbers and no buttons', () => {
  show({ quantity: 3, picked: 1 }, false)

  expect(screen.getByText('1 of 3 picked')).toBeTruthy()
  expect(buttons()).toEqual([])
})

test('at most the units that are left can be reported missing', async () => {
  show({ quantity: 3, picked: 1 })

  await userEvent.click(screen.getByText('Can’t find it'))
  expect(screen.getByLabelText('Units missing')).toHaveProperty('max', '2')
  expect(fieldsOf(screen.getByRole('form', { name: /^Can’t find it/ }))).toMatchObject({
    order_item_id: '1',
    missing: '2',
  })
})
