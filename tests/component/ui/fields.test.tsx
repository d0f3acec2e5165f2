import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { CheckField } from '@/components/ui/forms/check-field'
import { SelectField, TextField } from '@/components/ui/forms/text-field'

test('a label names its control, with nothing else in the name', () => {
  render(<TextField id="sku" label="SKU" hint="As on the label." />)

  const field = screen.getByRole('textbox', { name: 'SKU' })
  expect(field.getAttribute('aria-describedby')).toBe('sku-note')
  expect(document.getElementById('sku-note')?.textContent).toBe('As on the label.')
  expect(field.hasAttribute('aria-invalid')).toBe(false)
})

test('a problem takes the place of the hint and marks the control', () => {
  render(<TextField id="sku" label="SKU" hint="As on the label." problem="SKU is missing." />)

  const field = screen.getByRole('textbox', { name: 'SKU' })
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(document.getElementById('sku-note')?.textContent).toBe('SKU is missing.')
  expect(screen.queryByText('As on the label.')).toBeNull()
})

test('a field without a note describes nothing', () => {
  render(
    <SelectField id="status" label="Status">
      <option>Active</option>
    </SelectField>,
  )

  expect(screen.getByRole('combobox', { name: 'Status' }).hasAttribute('aria-describedby')).toBe(false)
})

test('the words of a check are part of its target', () => {
  render(<CheckField name="blind" label="Blind count" />)

  screen.getByText('Blind count').click()

  expect(screen.getByRole('checkbox', { name: 'Blind count' })).toHaveProperty('checked', true)
})
