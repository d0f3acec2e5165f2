import { act, renderHook, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { type Sent, useOutbox } from '@/lib/client/offline/use-outbox'

interface Note {
  id: string
  began: number
  text: string
}

const parse = (candidate: unknown) => candidate as Note | null
const isReady = ({ text }: Note) => text !== 'unreadable'
const note = (id: string, text = 'five mugs'): Note => ({ id, began: 1, text })

beforeEach(() => localStorage.clear())

/** A shop that can be out of reach, and what reached it. */
function aShop() {
  const shop = { isOpen: true, heard: [] as Note[] }
  const send = async (items: readonly Note[]): Promise<Sent<Note>> => {
    if (!shop.isOpen) throw new Error('out of reach')
    shop.heard.push(...items)
    return { done: items, isOver: false }
  }
  const page = (name = 'count') => renderHook(() => useOutbox(name, parse, isReady, send))
  const device = (name?: string) => page(name).result
  return { shop, device, page }
}

test('a queued entry is sent, and then deleted', async () => {
  const { shop, device } = aShop()
  const outbox = device()

  act(() => outbox.current.keep(note('a')))

  await waitFor(() => expect(outbox.current.waiting).toEqual([]))
  expect(shop.heard).toEqual([note('a')])
})

test('out of reach it is kept, also for the next page, and sent when the network is back', async () => {
  const { shop, page } = aShop()
  shop.isOpen = false
  const before = page()
  act(() => before.result.current.keep(note('a')))
  await waitFor(() => expect(before.result.current.isCutOff).toBe(true))
  before.unmount()
  const afterReload = page().result
  expect(afterReload.current.waiting).toEqual([note('a')])
  await waitFor(() => expect(afterReload.current.isCutOff).toBe(true))

  shop.isOpen = true
  await act(async () => void dispatchEvent(new Event('online')))

  await waitFor(() => expect(afterReload.current.waiting).toEqual([]))
})

test('an entry is sent and shown as fleeting where the device has no room for it', async () => {
  const { shop, device } = aShop()
  shop.isOpen = false
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const outbox = device()

  act(() => outbox.current.keep(note('a')))
  expect(outbox.current.waiting).toEqual([note('a')])
  expect(outbox.current.isFleeting).toBe(true)
  await waitFor(() => expect(outbox.current.isCutOff).toBe(true))

  full.mockRestore()
  shop.isOpen = true
  await act(async () => void dispatchEvent(new Event('online')))
  await waitFor(() => expect(outbox.current.waiting).toEqual([]))
  expect(outbox.current.isFleeting).toBe(false)
  expect(shop.heard).toEqual([note('a')])
})

test('an entry that changed while it was being sent is sent again in its new form', async () => {
  const heard: string[] = []
  let answer = () => {}
  const send = async (items: readonly Note[]): Promise<Sent<Note>> => {
    heard.push(...items.map(({ text }) => text))
    if (heard.length === 1)
      await new Promise<void>((resolve) => {
        answer = resolve
      })
    return { done: items, isOver: false }
  }
  const { result } = renderHook(() => useOutbox('count', parse, isReady, send))
  act(() => result.current.keep(note('a')))
  await waitFor(() => expect(heard).toEqual(['five mugs']))

  act(() => result.current.keep(note('a', 'corrected')))
  await act(async () => answer())

  await waitFor(() => expect(result.current.waiting).toEqual([]), { timeout: 5_000 })
  expect(heard).toEqual(['five mugs', 'corrected'])
})

test('a rejected entry waits for a person and blocks no other', async () => {
  const { shop, device } = aShop()
  const outbox = device()

  act(() => {
    outbox.current.keep(note('a', 'unreadable'))
    outbox.current.keep(note('b'))
  })

  await waitFor(() => expect(outbox.current.waiting).toEqual([note('a', 'unreadable')]))
  expect(shop.heard).toEqual([note('b')])
  act(() => outbox.current.drop(['a']))
  expect(outbox.current.waiting).toEqual([])
})

test('two people on one device keep their entries apart', () => {
  const { shop, device } = aShop()
  shop.isOpen = false
  const [ada, robin] = [device('count.ada.7'), device('count.robin.7')]

  act(() => ada.current.keep(note('a')))

  expect(robin.current.waiting).toEqual([])
})
