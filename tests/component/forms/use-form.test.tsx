import { act, fireEvent, render, screen } from '@testing-library/react'
import { UnrecognizedActionError } from 'next/dist/client/components/unrecognized-action-error'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useIsOutdated } from '@/lib/client/forms/outdated'
import { patience } from '@/lib/client/forms/until-answered'
import { type FormAction, useForm } from '@/lib/client/forms/use-form'

type Answer = { ok: true } | { ok: false; error: string }

/** A shop that hears every request, and answers or not as it is told. */
function aShop() {
  const heard: { quantity: string; key: string; page: string | null }[] = []
  const answers: (() => Promise<Answer>)[] = []
  const action: FormAction<Answer> = (fields) => {
    heard.push({
      quantity: String(fields.get('quantity')),
      key: String(fields.get('idempotency_key')),
      page: fields.get('page') as string | null,
    })
    return (answers.shift() ?? (() => Promise.resolve({ ok: true })))()
  }
  return { heard, answers, action }
}

const lost = () => Promise.reject(new Error('the network is gone'))
const silent = () => new Promise<Answer>(() => undefined)

function OrderForm({ action, requests }: { action: FormAction<Answer>; requests?: 'one' | 'each' | 'once' }) {
  const form = useForm(action, { post: action, ...(requests && { requests }) })
  return (
    <form {...form.props} aria-label="Order">
      <input type="hidden" name="idempotency_key" value="key of the page" readOnly />
      <input type="hidden" name="page" value="/cart" readOnly />
      <input name="quantity" aria-label="Quantity" defaultValue="1" />
      <button type="submit" aria-disabled={form.isPending || undefined}>
        Send
      </button>
      <p role="status">
        {form.isPending && 'pending'}
        {!form.isPending && form.isUnanswered && 'no answer'}
        {!form.isPending && (form.answer?.ok === false ? form.answer.error : form.answer && 'done')}
      </p>
      <p>{useIsOutdated() ? 'outdated' : 'current'}</p>
    </form>
  )
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const submit = () => act(async () => fireEvent.submit(screen.getByRole('form')))
const type = (text: string) =>
  fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: text } })
const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const status = () => screen.getByRole('status').textContent

test('a double click sends one request', async () => {
  const { heard, answers, action } = aShop()
  const gate = Promise.withResolvers<Answer>()
  answers.push(() => gate.promise)
  render(<OrderForm action={action} />)

  await submit()
  await submit()
  expect(heard).toHaveLength(1)
  expect(status()).toBe('pending')
  await act(async () => gate.resolve({ ok: true }))

  expect(status()).toBe('done')
  expect(heard).toHaveLength(1)
})

test('two requests have two keys, and neither names the page to return to', async () => {
  const { heard, action } = aShop()
  render(<OrderForm action={action} />)

  await submit()
  await submit()

  expect(heard[0]?.key).not.toBe(heard[1]?.key)
  expect(heard.map(({ page }) => page)).toEqual([null, null])
})

test('a form that is sent once keeps the key it was rendered with', async () => {
  const { heard, answers, action } = aShop()
  answers.push(() => Promise.resolve({ ok: false, error: 'sold out' }))
  render(<OrderForm action={action} requests="once" />)

  await submit()
  await submit()

  expect(heard.map(({ key }) => key)).toEqual(['key of the page', 'key of the page'])
})

test('each scan is sent while others are pending', async () => {
  const { heard, answers, action } = aShop()
  const gate = Promise.withResolvers<Answer>()
  answers.push(() => gate.promise)
  render(<OrderForm action={action} requests="each" />)

  await submit()
  await submit()
  expect(new Set(heard.map(({ key }) => key)).size).toBe(2)
  expect(status()).toBe('pending')
  await act(async () => gate.resolve({ ok: true }))

  expect(status()).toBe('done')
})

test('a request whose response is lost is repeated under the same key', async () => {
  const { heard, answers, action } = aShop()
  answers.push(lost, silent)
  render(<OrderForm action={action} />)

  await submit()
  await wait(patience.pauseMs)
  await wait(patience.answerMs + patience.pauseMs)

  expect(status()).toBe('done')
  expect(heard).toHaveLength(3)
  expect(new Set(heard.map(({ key }) => key)).size).toBe(1)
})

test('offline, the input stays, and the same form sent again later has the same key', async () => {
  const { heard, answers, action } = aShop()
  answers.push(lost, lost, lost, lost)
  render(<OrderForm action={action} />)
  type('7')

  await submit()
  await wait(patience.calls * patience.pauseMs)
  expect(status()).toBe('no answer')
  expect(screen.getByLabelText('Quantity')).toHaveProperty('value', '7')
  await submit()

  expect(status()).toBe('done')
  expect(heard).toHaveLength(patience.calls + 1)
  expect(new Set(heard.map(({ key }) => key)).size).toBe(1)
})

test('a form that is changed after no answer makes a new request', async () => {
  const { heard, answers, action } = aShop()
  answers.push(lost, lost, lost, lost)
  render(<OrderForm action={action} />)

  await submit()
  await wait(patience.calls * patience.pauseMs)
  type('2')
  await submit()

  expect(heard.at(-1)?.quantity).toBe('2')
  expect(heard.at(-1)?.key).not.toBe(heard[0]?.key)
})

test('a refusal keeps the input and says why', async () => {
  const { answers, action } = aShop()
  answers.push(() => Promise.resolve({ ok: false, error: 'sold out' }))
  render(<OrderForm action={action} />)
  type('9')

  await submit()

  expect(status()).toBe('sold out')
  expect(screen.getByLabelText('Quantity')).toHaveProperty('value', '9')
})

test('a button with aria-disabled keeps its focus and sends nothing', async () => {
  const { heard, action } = aShop()
  render(<OrderForm action={action} />)
  const button = screen.getByRole('button')
  button.setAttribute('aria-disabled', 'true')
  button.focus()

  await act(async () => button.click())

  expect(heard).toEqual([])
  expect(document.activeElement).toBe(button)
})

test('a page older than the shop is marked as outdated and sends nothing again', async () => {
  const { heard, answers, action } = aShop()
  answers.push(() => Promise.reject(new UnrecognizedActionError('another build')))
  render(<OrderForm action={action} />)
  type('4')

  await submit()
  await wait(patience.calls * patience.pauseMs)

  expect(heard).toHaveLength(1)
  expect(screen.getByText('outdated')).toBeDefined()
  expect(screen.getByLabelText('Quantity')).toHaveProperty('value', '4')
})
