import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ScanForm } from '@/components/staff/counts/scan-form'

const names = new Map([
  ['JUG-1', 'Pour Jug, Chalk'],
  ['4006', 'Bowl'],
])

function show(onFound = vi.fn()) {
  render(<ScanForm nameBy={(code) => names.get(code)} onFound={onFound} />)
  return onFound
}

const code = () => screen.getByLabelText('SKU or barcode')
const units = () => screen.getByLabelText('Units')

test('a code and a number are one entry, and the form is ready for the next', async () => {
  const onFound = show()

  await userEvent.type(code(), 'JUG-1{Enter}')
  expect(document.activeElement).toBe(units())
  await userEvent.type(units(), '5{Enter}')

  expect(onFound).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ code: 'JUG-1', units: 5, withdrawn: false, unknown: false }),
  )
  expect(screen.getByRole('status').textContent).toContain('5 × Pour Jug, Chalk')
  expect(code()).toHaveProperty('value', '')
  expect(document.activeElement).toBe(code())
})

test('the name of a known code is shown while it is typed', async () => {
  show()

  await userEvent.type(code(), 'JUG-1')

  expect(screen.getByRole('status').textContent).toBe('Pour Jug, Chalk')
})

test('with one unit a scan, Enter after the code is enough', async () => {
  const onFound = show()

  await userEvent.click(screen.getByLabelText('Every scan is one unit'))
  expect(units()).toHaveProperty('disabled', true)
  await userEvent.type(code(), 'JUG-1{Enter}')

  expect(onFound).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'JUG-1', units: 1 }))
})

test('a quantity that is the code of a variant is saved at the second press', async () => {
  const onFound = show()

  await userEvent.type(code(), 'JUG-1{Enter}')
  await userEvent.paste('4006')
  await userEvent.keyboard('{Enter}')
  expect(onFound).not.toHaveBeenCalled()
  expect(screen.getByRole('alert').textContent).toContain('Press Add again')

  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(onFound).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ units: 4006 }))
  expect(screen.queryByRole('alert')).toBeNull()
})
