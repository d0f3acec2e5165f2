import { fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import type { ComponentProps } from 'react'
import { beforeAll, expect, test, vi } from 'vitest'
import { FinderKeys } from '@/components/staff/finder/finder-keys'
import { tasksFor } from '@/components/staff/finder/tasks'
import { renderLive } from './support/live'

const router = { push: vi.fn() }

beforeAll(() => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false
  }
})

function show(): void {
  renderLive(
    <AppRouterContext value={router as unknown as ComponentProps<typeof AppRouterContext>['value']}>
      <FinderKeys tasks={tasksFor('stock')} />
      <input aria-label="Note" />
    </AppRouterContext>,
  )
}

test('the finder opens by its keys, narrows its tasks and starts one by Enter', async () => {
  show()
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const field = await screen.findByRole('combobox')
  expect(document.activeElement).toBe(field)
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toContain('Start a count')

  await userEvent.type(field, 'rec del')
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Receive a delivery'])
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(router.push).toHaveBeenCalledExactlyOnceWith('/staff/receive')
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('the list of keys opens by ?, and no key opens anything while a field has the focus', async () => {
  show()
  await userEvent.type(screen.getByLabelText('Note'), '/?')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(screen.getByLabelText('Note')).toHaveProperty('value', '/?')

  fireEvent.keyDown(document.body, { key: '?' })
  expect((await screen.findByRole('dialog', { name: 'Keys' })).textContent).toContain('Find or start')
})
