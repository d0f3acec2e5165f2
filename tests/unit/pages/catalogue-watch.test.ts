import { expect, onTestFinished, test, vi } from 'vitest'
import { watchCatalogue } from '@/lib/server/pages/catalogue-watch'

function watched() {
  const state = { ms: 0, changes: 'a', reads: 0, found: 0, read: async () => state.changes }
  const upToDate = watchCatalogue({
    read: () => {
      state.reads += 1
      return state.read()
    },
    onChange: async () => {
      state.found += 1
    },
    now: () => state.ms,
  })
  return { state, upToDate }
}

test('a change elsewhere is found by the next page that is asked for after 700 ms', async () => {
  const { state, upToDate } = watched()
  await upToDate()
  state.changes = 'b'
  state.ms = 699
  await upToDate()
  expect([state.reads, state.found]).toEqual([1, 0])

  state.ms = 700
  await Promise.all([upToDate(), upToDate()])
  expect([state.reads, state.found]).toEqual([2, 1])
})

test('the first comparison and an equal one change nothing', async () => {
  const { state, upToDate } = watched()
  await upToDate()
  state.ms = 1_000
  await upToDate()

  expect([state.reads, state.found]).toEqual([2, 0])
})

test('a database that does not answer stops no page, and its change is found afterwards', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  onTestFinished(() => warned.mockRestore())
  const { state, upToDate } = watched()
  await upToDate()
  state.read = () => Promise.reject(new Error('no connection'))
  state.ms = 1_000
  await upToDate()
  state.read = () => new Promise(() => undefined)
  state.ms = 2_000
  await upToDate()
  expect(warned).toHaveBeenCalledTimes(2)

  state.read = async () => 'b'
  state.ms = 3_000
  await upToDate()
  expect(state.found).toBe(1)
})

test('a comparison whose consequence failed is made again', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  onTestFinished(() => warned.mockRestore())
  let tries = 0
  let ms = 0
  const upToDate = watchCatalogue({
    read: async () => String(ms),
    onChange: async () => {
      tries += 1
      if (tries === 1) throw new Error('the server is busy')
    },
    now: () => ms,
  })
  for (ms = 0; ms < 3_000; ms += 1_000) await upToDate()

  expect(tries).toBe(2)
})
