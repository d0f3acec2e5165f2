import { expect, onTestFinished, test, vi } from 'vitest'
import { Overloaded, together } from '@/lib/domain/core/together'
import { Unavailable } from '@/lib/domain/core/unavailable'

type Call = { cart: string; n: number }

/** So many batches were sent. */
const sent = (batches: readonly unknown[], count: number) =>
  vi.waitFor(() => expect(batches).toHaveLength(count), { interval: 1 })

/** A counter that serves parties of calls, and remembers them. */
function aCounter(
  serve: (party: Call[]) => Promise<number[]> = async (party) => party.map(({ n }) => n * 10),
) {
  const parties: Call[][] = []
  const ask = together<Call, number>({
    send: (party) => {
      parties.push(party)
      return serve(party)
    },
    apart: ({ cart }) => cart,
    atOnce: 1,
    most: 3,
  })
  return { parties, ask: (n: number, cart = `${n}`) => ask({ cart, n }) }
}

test('a call without others is sent alone, at once', async () => {
  const { ask, parties } = aCounter()
  expect(await ask(1)).toBe(10)
  expect(parties).toEqual([[{ cart: '1', n: 1 }]])
})

test('calls that wait together travel together, in their order, and each gets its own answer', async () => {
  const served = Promise.withResolvers<void>()
  const { ask, parties } = aCounter(async (party) => {
    await served.promise
    return party.map(({ n }) => n * 10)
  })
  const first = ask(1)
  await sent(parties, 1)
  const others = [2, 3, 4, 5].map((n) => ask(n))
  served.resolve()
  expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40, 50])
  expect(parties.map((party) => party.map(({ n }) => n))).toEqual([[1], [2, 3, 4], [5]])
})

test('two calls of one cart never travel together, and keep their order', async () => {
  const { ask, parties } = aCounter()
  await Promise.all([ask(1, 'mine'), ask(2, 'mine'), ask(3, 'yours'), ask(4, 'mine')])
  expect(parties.map((party) => party.map(({ n }) => n))).toEqual([[1, 3], [2], [4]])
})

test('one that cannot be served does not spoil it for the others', async () => {
  const { ask } = aCounter(async (party) => {
    if (party.some(({ n }) => n === 2)) throw new Error('no')
    return party.map(({ n }) => n * 10)
  })
  const [one, two, three] = await Promise.allSettled([ask(1), ask(2), ask(3)])
  expect([one, three]).toMatchObject([{ value: 10 }, { value: 30 }])
  expect(two).toMatchObject({ status: 'rejected', reason: new Error('no') })
})

test('a batch with too few results is an error', async () => {
  const { ask } = aCounter(async (party) => party.slice(1).map(({ n }) => n))
  await expect(ask(1)).rejects.toThrow('no answer in place 0')
})

type Hold = { cart: string; variant: string }

/** Holds of variants; a batch with a locked one ends when the lock is released. */
function aRush(limits: Partial<Parameters<typeof together<Hold, string>>[0]> = {}) {
  const lock = Promise.withResolvers<void>()
  const batches: string[][] = []
  let carts = 0
  const ask = together<Hold, string>({
    send: async (batch) => {
      batches.push(batch.map(({ variant }) => variant))
      if (batch.some(({ variant }) => variant === 'locked')) await lock.promise
      return batch.map(({ cart }) => cart)
    },
    apart: ({ cart }) => cart,
    lane: ({ variant }) => variant,
    atOnce: 1,
    most: 3,
    overdueMs: 20,
    ...limits,
  })
  return { batches, release: lock.resolve, ask: (variant: string) => ask({ variant, cart: `${++carts}` }) }
}

test('a locked variant stalls nobody who wants another one', async () => {
  const { ask, release } = aRush()
  const stalled = ask('locked')

  expect(await Promise.all([ask('mug'), ask('bowl'), ask('mug')])).toEqual(['2', '3', '4'])

  release()
  expect(await stalled).toBe('1')
})

test('where requests share a lane, one batch that is stuck keeps the next ones back only for a moment', async () => {
  const { ask, release, batches } = aRush({ lane: () => '' })
  const stalled = ask('locked')
  await sent(batches, 1)

  expect(await Promise.all([ask('mug'), ask('bowl')])).toEqual(['2', '3'])

  // One by one, so that the next locked one takes nobody along.
  expect(batches).toEqual([['locked'], ['mug'], ['bowl']])
  release()
  await stalled
})

test('one lane never takes up all batches', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { ask, release, batches } = aRush({ mostAtOnce: 4, overdueMs: 1 })
  const stalled = Array.from({ length: 6 }, () => ask('locked'))
  await vi.advanceTimersByTimeAsync(30)

  expect(batches).toHaveLength(2)
  expect(await ask('mug')).toBe('7')

  release()
  await Promise.all(stalled)
})

test('a queue that is full refuses, and a request that waited too long is not sent', async () => {
  const { ask, release, batches } = aRush({ mostWaiting: 1, patienceMs: 10, overdueMs: 60_000 })
  const stalled = ask('locked')
  await sent(batches, 1)
  const waits = ask('locked')

  await expect(ask('locked')).rejects.toThrow(Overloaded)
  await expect(waits).rejects.toThrow(Overloaded)

  release()
  await stalled
  expect(batches).toEqual([['locked']])
})

test('a batch without an answer is not sent again: its requests would wait as long once more', async () => {
  let sent = 0
  const ask = together<number, number>({
    send: () => {
      sent += 1
      return Promise.reject(new Unavailable('no answer'))
    },
    apart: String,
    atOnce: 1,
    most: 9,
  })

  const ends = await Promise.allSettled([ask(1), ask(2), ask(3)])

  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(sent).toBe(1)
})
