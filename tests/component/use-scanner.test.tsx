import { createEvent, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useScanner } from '@/lib/client/hooks/use-scanner'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function Page({ onScan }: { onScan: (text: string, field: string | undefined) => void }) {
  useScanner(
    (field) => field.name === 'code',
    (text, field) => onScan(text, field?.name),
  )
  return (
    <form>
      <input name="code" aria-label="Code" />
      <input name="quantity" inputMode="numeric" aria-label="Units" />
      <input name="delta" data-quantity aria-label="Change in units" />
      <input name="document" aria-label="Reference" />
      <button type="button">Elsewhere</button>
    </form>
  )
}

/** Types as a keyboard does: a key event, then the character in the field. */
function type(target: HTMLElement, text: string, gapMs: number, suffix?: 'Enter' | 'Tab'): void {
  for (const key of text) {
    vi.advanceTimersByTime(gapMs)
    press(target, key)
    if (target instanceof HTMLInputElement) fireEvent.input(target, { target: { value: target.value + key } })
  }
  vi.advanceTimersByTime(gapMs)
  if (suffix) press(target, suffix)
  vi.advanceTimersByTime(1000)
}

function press(target: HTMLElement, key: string): void {
  const event = createEvent.keyDown(target, { key })
  Object.defineProperty(event, 'timeStamp', { value: performance.now() })
  fireEvent(target, event)
}

function setUp() {
  const onScan = vi.fn<(text: string, field: string | undefined) => void>()
  render(<Page onScan={onScan} />)
  return {
    onScan,
    units: screen.getByLabelText<HTMLInputElement>('Units'),
    code: screen.getByLabelText('Code'),
  }
}

test.each(['Enter', 'Tab'] as const)(
  'a code scanned into a quantity is undone and reported (%s)',
  (suffix) => {
    const { onScan, units } = setUp()
    type(units, '3', 200)
    type(units, '22423', 5, suffix)

    expect(onScan.mock.calls).toEqual([['22423', 'quantity']])
    expect(units.value).toBe('3')
  },
)

test('a code scanned while a button has the focus is heard', () => {
  const { onScan } = setUp()
  type(screen.getByRole('button'), 'QL-1', 0, 'Enter')
  expect(onScan.mock.calls).toEqual([['QL-1', undefined]])
})

test('a scanner without a suffix is heard after a pause', () => {
  const { onScan, units } = setUp()
  type(units, '4006381333931', 20)
  expect(onScan.mock.calls).toEqual([['4006381333931', 'quantity']])
  expect(units.value).toBe('')
})

test('two scanners one after the other give two codes', () => {
  const { onScan } = setUp()
  type(screen.getByRole('button'), '4006381333931', 2, 'Enter')
  type(screen.getByRole('button'), '036000291452', 30, 'Tab')
  expect(onScan.mock.calls.map(([text]) => text)).toEqual(['4006381333931', '036000291452'])
})

test('a code scanned into the code field stays there', () => {
  const { onScan, code } = setUp()
  type(code, '4006381333931', 5, 'Enter')
  expect(onScan).not.toHaveBeenCalled()
  expect(code).toHaveProperty('value', '4006381333931')
})

test.each(['Tab', undefined] as const)(
  'a code field gets an Enter from a scanner that sends %s',
  (suffix) => {
    const { code } = setUp()
    const onSubmit = vi.fn((event: Event) => event.preventDefault())
    code.closest('form')?.addEventListener('submit', onSubmit)
    type(code, '4006381333931', 5, suffix)
    expect(onSubmit).toHaveBeenCalledTimes(1)
  },
)

test('a code scanned into a reference stays there', () => {
  const { onScan } = setUp()
  const reference = screen.getByLabelText<HTMLInputElement>('Reference')
  type(reference, '4006381333931', 5, 'Enter')
  expect(onScan).not.toHaveBeenCalled()
  expect(reference.value).toBe('4006381333931')
})

test('a quantity that a person types is a quantity', () => {
  const { onScan, units } = setUp()
  type(units, '12000', 90, 'Enter')
  expect(onScan).not.toHaveBeenCalled()
  expect(units.value).toBe('12000')
})

test('a code never becomes a change of units, which has no keyboard of digits', () => {
  const { onScan } = setUp()
  const change = screen.getByLabelText<HTMLInputElement>('Change in units')
  fireEvent.input(change, { target: { value: '+3' } })

  type(change, '22423', 5, 'Enter')

  expect(onScan).toHaveBeenCalledExactlyOnceWith('22423', 'delta')
  expect(change.value).toBe('+3')
})

test('a scan that a busy device interrupts stays one code', () => {
  const { onScan, code } = setUp()
  const entered = vi.fn<(key: string) => void>()
  code.addEventListener('keydown', ({ key }) => entered(key))
  for (const part of ['JUG-bc093b', '14-BLUE']) {
    for (const key of part) press(code, key)
    vi.advanceTimersByTime(300)
  }

  expect(entered.mock.calls.flat()).not.toContain('Enter')
  expect(onScan).not.toHaveBeenCalled()
})

test('a key that comes late does not cut a code in two', () => {
  const { onScan, units } = setUp()
  for (const key of 'JUG-bc093b') press(units, key)
  vi.advanceTimersByTime(150)
  type(units, '14-BLUE', 5, 'Enter')

  expect(onScan.mock.calls).toEqual([['JUG-bc093b14-BLUE', 'quantity']])
})
