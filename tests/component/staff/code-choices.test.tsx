import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { CodeHelp } from '@/components/staff/codes/code-help'
import type { Refusal } from '@/lib/domain/core/refusal'

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
      <input name="quantity" aria-label="Units" defaultValue={quantity} />
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
