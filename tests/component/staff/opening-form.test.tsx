import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { OpeningForm } from '@/components/staff/deliveries/opening-form'
import { fieldsOf, renderLive } from './support/live'
import { locations, theCellar, theShop } from './support/rows'

test('a transfer goes to another location than the one it leaves, whichever is chosen', async () => {
  renderLive(<OpeningForm own={locations} locations={locations} />)
  const form = screen.getByRole('form', { name: 'New delivery or transfer' })

  for (const [from, to] of [
    [theShop, theCellar],
    [theCellar, theShop],
  ] as const) {
    await userEvent.selectOptions(screen.getByLabelText('From'), from.id)
    expect(fieldsOf(form)).toMatchObject({ from_location_id: from.id, send_to_location_id: to.id })
  }
})
