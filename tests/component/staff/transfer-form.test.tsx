import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { UndoProvider } from '@/components/staff/shell/undo'
import { TransferForm } from '@/components/staff/stock/transfer-form'
import { fieldsOf, renderLive } from './support/live'
import { entry, locations, theCellar, theShop } from './support/rows'

function show() {
  renderLive(
    <UndoProvider locations={locations}>
      <TransferForm entry={entry} locations={locations} />
    </UndoProvider>,
  )
  return screen.getByRole('form', { name: 'Transfer units' })
}

test('a transfer begins at the first location, which shows its units', () => {
  const form = show()

  expect(fieldsOf(form)).toMatchObject({ from_location_id: theShop.id, to_location_id: theCellar.id })
  expect(screen.getByRole('option', { name: 'The shop (5 available)' })).toBeTruthy()
})

test('a choice of the target as the source turns the transfer around', async () => {
  const form = show()

  await userEvent.selectOptions(screen.getByLabelText('From'), theCellar.id)

  expect(fieldsOf(form)).toMatchObject({ from_location_id: theCellar.id, to_location_id: theShop.id })
})

test('the source is not offered as the target', async () => {
  show()
  const target = (name: string) =>
    [...screen.getByLabelText<HTMLSelectElement>('To').options].find(({ text }) => text === name)
  expect(target('The shop')?.disabled).toBe(true)
  expect(target('The cellar')?.disabled).toBe(false)

  await userEvent.selectOptions(screen.getByLabelText('From'), theCellar.id)
  expect(target('The cellar')?.disabled).toBe(true)
})
