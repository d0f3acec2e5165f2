import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import type { ComponentProps } from 'react'
import { expect, test } from 'vitest'
import { StockBoundary } from '@/components/shop/catalog/stock-boundary'

function Stock({ isReadable }: { isReadable: () => boolean }) {
  if (!isReadable()) throw new Error('the database did not answer')
  return <p>3 left</p>
}

test('a stock read that failed is reported and can be retried', async () => {
  let isReadable = false
  const router = {
    refresh() {
      isReadable = true
    },
  }

  render(
    <AppRouterContext value={router as unknown as ComponentProps<typeof AppRouterContext>['value']}>
      <StockBoundary>
        <Stock isReadable={() => isReadable} />
      </StockBoundary>
    </AppRouterContext>,
    { onCaughtError: () => undefined },
  )
  await userEvent.click(screen.getByRole('button', { name: 'Stock unknown. Try again' }))

  expect(screen.getByText('3 left')).toBeDefined()
})
