import { createEvent, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { CodeHelp } from '@/components/staff/codes/code-help'
import type { Refusal } from '@/lib/domain/core/refusal'
import { codeLinesIn } from '@/lib/domain/stock/code-lines'

const [jug, bowl] = [
  {
    variant_id: '00000000-0000-4000-8000-000000000001',
    title: 'Pour Jug',
    option_values: ['Chalk'],
    sku: 'JUG-1',
    barcode: '4006381333931',
  },
  {
    variant_id: '00000000-0000-4000-8000-000000000002',
    title: 'Bowl',
    option_values: [],
    sku: 'BOWL-1',
    barcode: '4006381333931',
  },
]

/** A form with two lines, which got an answer. Reports what it sends next. */
function show(error: Refusal | null, code: string, quantity = '1') {
  const sent = vi.fn()
  render(
    <form
      aria-label="Delivery"
      onSubmit={(event) => {
        event.preventDefault()
        sent([...new FormData(event.currentTarget)])
      }}
    >
      <input name="code" aria-label="Code" defaultValue={code} />
      <input name="quantity" inputMode="numeric" aria-label="Units" defaultValue={quantity} />
      <input name="code" aria-label="Next code" />
      <CodeHelp answer={error && { ok: false, error }} />
    </form>,
  )
  return sent
}

test('without an answer nothing is asked', () => {
  show(null, 'JUG-1')

  expect(screen.queryByRole('group')).toBeNull()
  expect(screen.queryByRole('button')).toBeNull()
})

test('the chosen variant replaces the shared code, and the form is sent again', async () => {
  const code = '4006381333931'
  const sent = show({ code: 'ambiguous_code', detail: { code, choices: [jug, bowl] } }, code)

  await userEvent.click(screen.getByRole('button', { name: /Bowl/ }))

  expect(screen.getByLabelText('Code')).toHaveProperty('value', 'BOWL-1')
  expect(screen.getByLabelText('Next code')).toHaveProperty('value', '')
  expect(sent).toHaveBeenCalledExactlyOnceWith([
    ['code', 'BOWL-1'],
    ['quantity', '1'],
    ['code', ''],
    ['scanned', `BOWL-1\t${code}\n`],
  ])
})

test('lot and date of the scanned code stay with the chosen variant, and with no other line', async () => {
  const [code, scanned] = ['04006381333931', '(01)04006381333931(10)A7(17)270331']
  const sent = show({ code: 'ambiguous_code', detail: { code, choices: [jug, bowl] } }, scanned)

  await userEvent.click(screen.getByRole('button', { name: /Bowl/ }))

  const form = new FormData()
  for (const [name, value] of sent.mock.calls[0]?.[0] ?? []) form.append(name, value)
  form.append('code', 'JUG-1')
  const notes = codeLinesIn(form).map(({ code, note }) => [code, note])
  expect(notes).toEqual([
    ['BOWL-1', 'Lot A7, use by 2027-03-31'],
    ['', undefined],
    ['JUG-1', undefined],
  ])
})

test('a variant whose SKU is the shared code is sent by its id', async () => {
  show({ code: 'ambiguous_code', detail: { code: 'jug-1', choices: [jug, bowl] } }, 'jug-1')

  await userEvent.click(screen.getByRole('button', { name: /Pour Jug/ }))

  expect(screen.getByLabelText('Code')).toHaveProperty('value', jug.variant_id)
})

test('a confirmation of an unlikely quantity counts for one request', async () => {
  const sent = show(
    { code: 'quantity_unlikely', detail: { field: 'quantity', quantity: 20_000, choices: [] } },
    'JUG-1',
    '20000',
  )

  await userEvent.click(screen.getByRole('button', { name: 'Save 20,000 units' }))

  expect(sent).toHaveBeenCalledOnce()
  expect(sent.mock.calls[0]?.[0]).toContainEqual(['sure', 'on'])
  expect(document.querySelector<HTMLInputElement>('input[name=sure]')?.value).toBe('')
})

test('a code scanned into the units gives them back their value, goes to the code field and sends nothing', () => {
  const sent = show(null, 'JUG-1', '3')
  const units = screen.getByLabelText<HTMLInputElement>('Units')
  for (const key of '22423') {
    const event = createEvent.keyDown(units, { key })
    Object.defineProperty(event, 'timeStamp', { value: 1000 })
    fireEvent(units, event)
    fireEvent.input(units, { target: { value: units.value + key } })
  }
  const enter = createEvent.keyDown(units, { key: 'Enter' })
  Object.defineProperty(enter, 'timeStamp', { value: 1000 })
  fireEvent(units, enter)

  expect(units.value).toBe('3')
  expect(screen.getByLabelText('Next code')).toHaveProperty('value', '22423')
  expect(screen.getByText('“22423” is a code, not a quantity. It is in the code field now.')).toBeDefined()
  expect(sent).not.toHaveBeenCalled()
})
