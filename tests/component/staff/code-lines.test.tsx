import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CodeLines } from '@/components/staff/forms/code-lines'

const codes = () => screen.getAllByLabelText(/: SKU or barcode$/)

test('there is always one more line', async () => {
  render(<CodeLines />)
  const first = codes().length

  await userEvent.type(screen.getByLabelText('Line 2: SKU or barcode'), 'A')
  expect(codes()).toHaveLength(first)
  await userEvent.type(screen.getByLabelText(`Line ${first}: SKU or barcode`), 'A')
  expect(codes()).toHaveLength(first + 1)
})

test('Enter goes from the code to its units and on to the next line', async () => {
  render(
    <form>
      <CodeLines />
    </form>,
  )

  await userEvent.type(screen.getByLabelText('Line 1: SKU or barcode'), 'JUG-1{Enter}')
  expect(document.activeElement).toBe(screen.getByLabelText('Line 1: units'))
  await userEvent.keyboard('3{Enter}')
  expect(document.activeElement).toBe(screen.getByLabelText('Line 2: SKU or barcode'))
})
