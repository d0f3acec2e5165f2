import { act, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DocumentProvider } from '@/lib/client/documents/document-provider'
import { useDocument } from '@/lib/client/documents/use-document'
import { useConnection } from '@/lib/client/live/hooks/use-connection'
import { LiveProvider, useLiveClient } from '@/lib/client/live/provider'
import { live } from '@/lib/domain/live/freshness'

interface Letter {
  readonly version: number
}

const settings = { supabaseUrl: 'http://supabase.test', publishableKey: 'key' }
const versionOf = ({ version }: Letter) => version
let take: (letter: Letter) => boolean

function Page({ announced, first, read }: { announced: number; first: Letter; read: () => Promise<Letter> }) {
  // The rows of this page are live: whatever is not, is the document.
  useLiveClient().resource('rows', () => ({ freshness: () => live, send: () => undefined }))
  const shown = useDocument({ name: 'letter', id: 'a', first, versionOf, announced, read })
  take = shown.take
  return (
    <p>
      version {shown.document.version}, <Connection />
    </p>
  )
}

const Connection = () => useConnection()?.name

/** A page that shows version 5 of a document, and the reads it makes. */
function openPage() {
  const reads: { resolve(version: number): void; reject(): void }[] = []
  const read = () =>
    new Promise<Letter>((resolve, reject) => {
      reads.push({
        resolve: (version) => resolve({ version }),
        reject: () => reject(new Error('out of reach')),
      })
    })
  const pageOf = (announced: number, first = 5) => (
    <StrictMode>
      <LiveProvider settings={settings}>
        <DocumentProvider>
          <Page announced={announced} first={{ version: first }} read={read} />
        </DocumentProvider>
      </LiveProvider>
    </StrictMode>
  )
  const page = render(pageOf(5))
  return {
    reads,
    announce: (version: number) => page.rerender(pageOf(version)),
    renderAgain: (version: number) => page.rerender(pageOf(version, version)),
    end: (act_: () => void) =>
      act(async () => {
        act_()
        await vi.advanceTimersByTimeAsync(0)
      }),
    close: page.unmount,
  }
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const says = () => screen.getByRole('paragraph').textContent

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a document that has the version of its rows is not read', async () => {
  const { reads } = openPage()

  await pass(20_000)

  expect(reads).toHaveLength(0)
  expect(says()).toBe('version 5, live')
})

test('a page is not live from the announcement of a change until the document is read', async () => {
  const { reads, announce, end } = openPage()

  announce(6)
  expect(says()).toBe('version 5, catching-up')
  await pass(250)
  expect(says()).toBe('version 5, catching-up')
  await end(() => reads[0]?.resolve(6))

  expect(says()).toBe('version 6, live')
  expect(reads).toHaveLength(1)
})

test('a second change during a read is followed by another read', async () => {
  const { reads, announce, end } = openPage()
  announce(6)
  await pass(250)
  announce(7)

  await end(() => reads[0]?.resolve(6))
  expect(says()).toBe('version 6, catching-up')
  await pass(250)
  await end(() => reads[1]?.resolve(7))

  expect(says()).toBe('version 7, live')
  expect(reads).toHaveLength(2)
})

test('a read that already brings the second change is not repeated', async () => {
  const { reads, announce, end } = openPage()
  announce(6)
  await pass(250)
  announce(7)

  await end(() => reads[0]?.resolve(7))
  await pass(20_000)

  expect(says()).toBe('version 7, live')
  expect(reads).toHaveLength(1)
})

test('a read that failed is followed by another read, and the page is stale until one succeeds', async () => {
  const { reads, announce, end } = openPage()
  announce(6)
  await pass(250)

  await end(() => reads[0]?.reject())
  expect(says()).toBe('version 5, stale')
  await pass(1_250)
  expect(says()).toBe('version 5, stale')
  await end(() => reads[1]?.resolve(6))

  expect(says()).toBe('version 6, live')
})

test('a read that is not answered fails, and another one follows', async () => {
  const { reads, announce, end } = openPage()
  announce(6)

  await pass(8_300)
  expect(says()).toBe('version 5, stale')
  await pass(1_250)
  await end(() => reads[1]?.resolve(6))

  expect(says()).toBe('version 6, live')
})

test('an answer older than the announced version is not the end: another read follows', async () => {
  const { reads, announce, end } = openPage()
  announce(6)
  await pass(250)

  await end(() => reads[0]?.resolve(5))
  expect(says()).toBe('version 5, stale')
  await pass(1_250)
  await end(() => reads[1]?.resolve(6))

  expect(says()).toBe('version 6, live')
})

test('a change while the tab is hidden is followed by reads until one succeeds', async () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const { reads, announce, end } = openPage()
  announce(6)
  await pass(250)
  await end(() => reads[0]?.reject())

  visibility.mockReturnValue('visible')
  await act(async () => document.dispatchEvent(new Event('visibilitychange')))
  expect(says()).toBe('version 5, stale')
  await pass(1_250)
  await end(() => reads[1]?.resolve(6))

  expect(says()).toBe('version 6, live')
})

test('an action that returns the announced version saves the read', async () => {
  const { reads, announce, end } = openPage()
  announce(6)
  await end(() => take({ version: 6 }))
  await pass(20_000)

  expect(says()).toBe('version 6, live')
  expect(reads).toHaveLength(0)
})

test('an older state never replaces a newer one, whether rendered, returned or read', async () => {
  const { reads, announce, renderAgain, end } = openPage()
  announce(6)
  await pass(250)
  await end(() => take({ version: 8 }))
  await end(() => reads[0]?.resolve(6))
  expect(says()).toBe('version 8, live')

  renderAgain(7)
  await end(() => expect(take({ version: 7 })).toBe(false))
  expect(says()).toBe('version 8, live')

  renderAgain(9)
  expect(says()).toBe('version 9, live')
})

test('a document that was left behind keeps no page from being live', async () => {
  const { reads, announce, end, close } = openPage()
  announce(6)
  await pass(250)
  await end(() => reads[0]?.reject())
  close()

  openPage()

  expect(says()).toBe('version 5, live')
})
