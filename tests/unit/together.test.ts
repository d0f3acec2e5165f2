import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { together } from '@/lib/domain/together'

type Call = { cart: string; n: number }

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

test('a call that nobody waits with goes out by itself, at once', async () => {
  const { ask, parties } = aCounter()
  expect(await ask(1)).toBe(10)
  expect(parties).toEqual([[{ cart: '1', n: 1 }]])
})

test('calls that wait together travel together, in their order, and each gets its own answer', async () => {
  const { ask, parties } = aCounter(async (party) => {
    await sleep(5)
    return party.map(({ n }) => n * 10)
  })
  const first = ask(1)
  await sleep(1)
  const others = [2, 3, 4, 5].map((n) => ask(n))
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

test('a party that comes back with an answer too few says so', async () => {
  const { ask } = aCounter(async (party) => party.slice(1).map(({ n }) => n))
  await expect(ask(1)).rejects.toThrow('no answer in place 0')
})
