import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { StockWords } from '@/components/stock/stock-words'

const few = { band: 'low', left: 3 } as const

test('a number that did not change does not light up', () => {
  render(<StockWords stock={few} isLive={false} isUncertain={false} />)

  expect(screen.getByText('3 left').className).not.toContain('changed')
})

test('a number lights up each time it changes, and again when it changes back', () => {
  const { rerender } = render(<StockWords stock={few} isLive={false} isUncertain={false} />)
  rerender(<StockWords stock={{ band: 'low', left: 2 }} isLive={false} isUncertain={false} />)
  const changed = screen.getByText('2 left')
  expect(changed.className).toContain('changed')

  rerender(<StockWords stock={few} isLive={false} isUncertain={false} />)

  expect(screen.getByText('3 left').className).toContain('changed')
  expect(screen.getByText('3 left')).not.toBe(changed)
})

test('stale stock is marked, fresh stock is not', () => {
  const { rerender } = render(<StockWords stock={few} isLive={false} isUncertain />)
  expect(screen.getByText('3 left').parentElement?.dataset.uncertain).toBe('true')

  rerender(<StockWords stock={few} isLive={false} isUncertain={false} />)

  expect(screen.getByText('3 left').parentElement?.dataset.uncertain).toBeUndefined()
})

test('the live state is shown quietly and does not change the words', () => {
  const { rerender } = render(<StockWords stock={few} isLive={false} isUncertain={false} />)
  expect(screen.getByText('3 left').parentElement?.dataset.live).toBeUndefined()

  rerender(<StockWords stock={few} isLive isUncertain={false} />)

  expect(screen.getByText('3 left').parentElement?.dataset.live).toBe('true')
})
