import { expect, onTestFinished, test, vi } from 'vitest'
import { withLog } from '#api/log'

test('a log on a full disk is printed, and the call continues', () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => printed.mockRestore())

  const done = withLog('/dev/full', () => {
    console.error('a refusal')
    return 'done'
  })

  expect(done).toBe('done')
  expect(printed).toHaveBeenCalledWith('a refusal')
})
