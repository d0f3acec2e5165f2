import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { CountDesk } from '@/components/staff/counts/use-count'
import { WaitingNotice } from '@/components/staff/counts/waiting-notice'
import type { FoundUnits } from '@/lib/domain/counts/count'

const found = (part: Partial<FoundUnits> = {}): FoundUnits => ({
  id: '00000000-0000-4000-8000-000000000001',
  code: 'JUG-1',
  units: 2,
  began: 0,
  ended: 1,
  withdrawn: false,
  unknown: false,
  ...part,
})

function show(desk: Partial<CountDesk>) {
  const all = {
    waiting: [],
    refusal: null,
    isCutOff: false,
    copiedAt: null,
    drop: vi.fn(),
    keep: vi.fn(),
    ...desk,
  }
  render(<WaitingNotice desk={all as unknown as CountDesk} nameBy={() => 'Pour Jug'} />)
  return all
}

test('entries that are being sent need no words', () => {
  show({ waiting: [found()] })

  expect(screen.getByRole('status').textContent).toBe('')
})

test('without a network the entries of this device are listed', () => {
  show({ waiting: [found()], isCutOff: true })

  expect(screen.getByRole('status').textContent).toContain('saved on this device')
  expect(screen.getByRole('list', { name: 'Saved on this device' }).textContent).toBe('2 × Pour Jug')
})

test('entries of a closed count can be deleted from the device', async () => {
  const desk = show({ waiting: [found()], refusal: { code: 'count_closed', detail: {} } as never })

  await userEvent.click(screen.getByRole('button', { name: 'Delete them from this device' }))

  expect(desk.drop).toHaveBeenCalledExactlyOnceWith([found().id])
})

test('an entry with an unknown code has a message and can be deleted', async () => {
  const desk = show({ waiting: [found({ unknown: true, code: 'X-9' })] })

  expect(screen.getByRole('alert').textContent).toContain('X-9')
  await userEvent.click(screen.getByRole('button', { name: /X-9/ }))

  expect(desk.drop).toHaveBeenCalledExactlyOnceWith([found().id])
})

test('an entry whose code several variants have gets the chosen one', async () => {
  const choice = {
    variant_id: '00000000-0000-4000-8000-000000000002',
    title: 'Bowl',
    option_values: [],
    sku: 'BOWL-1',
    barcode: null,
  }
  const desk = show({ waiting: [found({ unknown: true, choices: [choice] })] })

  await userEvent.click(screen.getByRole('button', { name: /Bowl/ }))

  expect(desk.keep).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ id: found().id, code: choice.variant_id, unknown: false }),
  )
})
