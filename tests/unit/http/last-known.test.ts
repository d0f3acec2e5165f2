import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { boundedMap } from '@/lib/domain/core/bounded-map'
import { Unavailable } from '@/lib/domain/core/unavailable'
import { lastKnown } from '@/lib/server/resilience/last-known'

const answer = (value: string) => async () => ({ value, readAt: 1 })
const outage = () => Promise.reject(new Unavailable('no answer'))

test('during an outage a read has its last answer, and afterwards the fresh one', async () => {
  const key = randomUUID()

  expect(await lastKnown(key, answer('first'))).toBe('first')
  expect(await lastKnown(key, outage)).toBe('first')
  expect(await lastKnown(key, answer('second'))).toBe('second')
})

test('a read that takes long is answered with what is known, and its answer counts the next time', async () => {
  const key = randomUUID()
  await lastKnown(key, answer('first'))
  const late = Promise.withResolvers<{ value: string; readAt: number }>()

  expect(await lastKnown(key, () => late.promise)).toBe('first')
  late.resolve({ value: 'second', readAt: 2 })
  await late.promise
  expect(await lastKnown(key, outage)).toBe('second')
})

test('an outage with nothing known is one, and so is what was not worth keeping', async () => {
  const key = randomUUID()
  await expect(lastKnown(key, outage)).rejects.toThrow(Unavailable)
  await lastKnown(key, answer('nothing'), () => false)
  await expect(lastKnown(key, outage)).rejects.toThrow(Unavailable)
})

test('another fault is never hidden behind an old answer', async () => {
  const key = randomUUID()
  await lastKnown(key, answer('first'))

  await expect(lastKnown(key, () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
})

test('a bounded map forgets what was not used for the longest time', () => {
  const map = boundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.get('a')
  map.set('c', 3)

  expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2])
})
