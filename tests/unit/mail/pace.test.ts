import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { pace } from '@/lib/server/mail/pace'

const state = (work: Promise<void>) => Promise.race([work.then(() => 'goes on'), sleep(100, 'waits')])

test('mail waits while the server is busy, and not while it is idle', async () => {
  const shoppersFirst = pace()
  await sleep(50)
  expect(await state(shoppersFirst())).toBe('goes on')
  const end = performance.now() + 200
  while (performance.now() < end);
  expect(await state(shoppersFirst())).toBe('waits')
})
