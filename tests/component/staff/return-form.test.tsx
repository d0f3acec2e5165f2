import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ReturnForm } from '@/components/staff/orders/return-form'
import { fieldsOf } from './support/live'
import { item, locations, order, theCellar } from './support/rows'

test('an order without fulfilled items takes nothing back', () => {
  const { container } = render(<ReturnForm order={order()} locations={locations} />)

  expect(container.textContent).toBe('')
})

test('only the units that the customer has can be returned', () => {
  const items = [
    item({ fulfilled: 3, returned: 1 }),
    item({ id: 2, title: 'Apron', fulfilled: 2, returned: 2 }),
  ]
  render(<ReturnForm order={order({ items })} locations={locations} />)

  expect(screen.getByRole('spinbutton', { name: 'Units' })).toHaveProperty('max', '2')
  expect(screen.queryByText(/Apron/)).toBeNull()
})

test('a return has its units, its condition and the location of the collection', async () => {
  render(
    <ReturnForm
      order={order({ items: [item({ fulfilled: 3 })], collect_at: theCellar.id })}
      locations={locations}
    />,
  )

  await userEvent.clear(screen.getByLabelText('Units'))
  await userEvent.type(screen.getByLabelText('Units'), '2')
  await userEvent.selectOptions(screen.getByLabelText('Condition'), 'Damaged')

  expect(fieldsOf(screen.getByRole('form', { name: 'Accept return' }))).toMatchObject({
    'units:1': '2',
    'outcome:1': 'damaged',
    location_id: theCellar.id,
  })
})
