import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRenderScheduler } from '@/lib/client/live/render-scheduler'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A canvas that notes when each number was painted, in milliseconds. */
function canvas() {
  const scheduler = createRenderScheduler()
  const paints: { at: number; name: string }[] = []
  const started = Date.now()
  return {
    paints,
    at: (name: string) => paints.filter((paint) => paint.name === name).map(({ at }) => at),
    /** Messages of one commit, one by one. */
    commit(commit: string | null, names: readonly string[]) {
      for (const name of names) {
        scheduler.paint(new Map([[name, () => paints.push({ at: Date.now() - started, name })]]), commit)
      }
    },
    wait: (ms: number) => vi.advanceTimersByTime(ms),
  }
}

test('changes of one commit are shown together, though they arrive message by message', () => {
  const { commit, paints, wait } = canvas()

  commit('1', ['stock'])
  wait(3)
  commit('1', ['order'])
  wait(10)

  expect(new Set(paints.map(({ at }) => at)).size).toBe(1)
  expect(paints.map(({ name }) => name)).toEqual(['stock', 'order'])
})

test('a change without a commit is shown with the changes beside it', () => {
  const { commit, at, wait } = canvas()

  commit('1', ['stock'])
  wait(3)
  commit(null, ['cart'])
  wait(10)
  commit(null, ['order'])
  wait(40)
  commit('2', ['level'])
  wait(10)

  expect(at('cart')).toEqual(at('stock'))
  expect(at('level')).toEqual(at('order'))
})

test('a message of the next commit ends the waiting for the last one', () => {
  const { commit, at } = canvas()

  commit('1', ['stock'])
  commit('2', ['order'])

  expect(at('stock')).toEqual([0])
  expect(at('order')).toEqual([])
})

test('changes that belong to a waiting number wait with it', () => {
  const { commit, at, wait } = canvas()
  commit('1', ['stock'])
  wait(100)

  commit('2', ['stock', 'order'])
  wait(300)

  expect(at('order')).toEqual(at('stock').slice(1))
})

test('a number that rests is shown at once, however busy another is', () => {
  const { commit, at, wait } = canvas()
  for (let change = 0; change < 20; change += 1) {
    commit(`busy ${change}`, ['busy'])
    wait(10)
  }

  commit('1', ['calm'])
  wait(5)

  expect(at('calm')).toEqual([205])
})

test('numbers of one commit are never shown apart, and the latest of each is shown', () => {
  const commits = fc.array(
    fc.record({
      names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
      afterMs: fc.nat(300),
    }),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(commits, (all) => {
      const scheduler = createRenderScheduler()
      const latest = new Map<string, number>()
      const shown = new Map<string, number>()
      all.forEach(({ names, afterMs }, index) => {
        vi.advanceTimersByTime(afterMs)
        for (const name of names) {
          const show = () => shown.set(name, latest.get(name) ?? -1)
          latest.set(name, index)
          scheduler.paint(new Map([[name, show]]), String(index))
        }
        vi.advanceTimersByTime(6)
        const states = names.map((name) => (shown.get(name) ?? -1) >= index)
        expect(new Set(states).size).toBe(1)
      })
      vi.advanceTimersByTime(1_000)
      expect(shown).toEqual(latest)
    }),
  )
})
