import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { HandOver } from '@/components/staff/orders/hand-over'
import { picks } from '@/lib/domain/orders/live'
import { fieldsOf, renderLive, takeRows } from './support/live'
import { keeper, locations, manager, orderId, picked, pickLine, theCellar, theShop } from './support/rows'

const jug = pickLine()
const both = [jug, pickLine({ location_id: theCellar.id, quantity: 2 })]

test('the form appears with the first picked unit and follows the box', async () => {
  renderLive(
    <HandOver
      orderId={orderId}
      lines={[jug]}
      picks={[]}
      rights={manager}
      isSent={false}
      isUnpaid={false}
      locations={locations}
    />,
  )
  expect(screen.queryByRole('form')).toBeNull()

  takeRows(picks, [picked({ picked: 1, version: 1 })])
  const field = () => screen.getByRole('spinbutton', { name: 'Pour Jug, Chalk' })
  await waitFor(() => expect(field()).toHaveProperty('value', '1'))

  takeRows(picks, [picked({ picked: 3, version: 2 })])
  await waitFor(() => expect(field()).toHaveProperty('value', '3'))
  expect(field()).toHaveProperty('max', '3')
})

test('each location has a form that sends its own units', () => {
  const inBoxes = [picked({ picked: 3 }), picked({ location_id: theCellar.id, picked: 2 })]
  renderLive(
    <HandOver
      orderId={orderId}
      lines={both}
      picks={inBoxes}
      rights={manager}
      isSent={false}
      isUnpaid={false}
      locations={locations}
    />,
  )

  const cellar = screen.getByRole('form', { name: 'Hand over from The cellar' })
  expect(screen.getByRole('form', { name: 'Hand over from The shop' })).toBeTruthy()
  // A customer at the counter needs no carrier.
  expect(fieldsOf(cellar)).toEqual({ order_id: orderId, location_id: theCellar.id, 'units:1': '2' })
})

test('the box of another location is shown, without a form', () => {
  const inBoxes = [picked({ picked: 3 }), picked({ location_id: theCellar.id, picked: 2 })]
  renderLive(
    <HandOver
      orderId={orderId}
      lines={both}
      picks={inBoxes}
      rights={keeper}
      isSent={false}
      isUnpaid={false}
      locations={locations}
    />,
  )

  expect(screen.getAllByRole('form')).toHaveLength(1)
  expect(screen.getByText('2 units at The cellar, which is view only for you.')).toBeTruthy()
})

test('units that were handed over are no longer in the box, and a delivery is sent', () => {
  renderLive(
    <HandOver
      orderId={orderId}
      lines={[pickLine({ picked: 3, fulfilled: 2 })]}
      picks={[]}
      rights={manager}
      isSent
      isUnpaid={false}
      locations={[theShop]}
    />,
  )

  const form = screen.getByRole('form', { name: 'Send from The shop' })
  expect(within(form).getByRole('button', { name: 'Mark as sent' })).toBeTruthy()
  expect(within(form).getByRole('combobox', { name: 'Carrier' })).toBeTruthy()
  expect(within(form).getByRole('textbox', { name: 'Tracking number' })).toBeTruthy()
  expect(fieldsOf(form)['units:1']).toBe('1')
})
