'use client'

import { timeLimit } from '@/lib/client/hooks/time-limit'

/**
 * Copies of pages on this device, for when it has no network; public/staff/counts/worker.js opens them. A copy is one
 * cache: the page as the shop rendered it with its own policy and nonce, every file it needs, and what it has learned
 * since. Nothing else keeps caches at this address.
 */
const worker = '/staff/counts/worker.js'
/** Wider than the worker's folder, which next.config.ts allows: the list of counts is beside it. */
const scope = '/staff/counts'
const files = '/_next/static/'

/** The content of a page, and its time by this device's clock. */
export interface Remembered {
  at: number
  state: unknown
}

let remembering = new AbortController()

/** Deletes every copy on this device, and lets none be finished that is being made. */
export async function forgetCopies(): Promise<void> {
  remembering.abort()
  remembering = new AbortController()
  // There are none where the address is not a secure one.
  if (!('caches' in window)) return
  await deleteCaches(() => true)
}

/** How long a page to copy is waited for, in milliseconds; a count of many lines is long. */
const copyMs = 30_000

/**
 * Copies a page as the shop renders it now; when this resolves to true, it opens without a network. Of other people
 * nothing stays. Rejects, and leaves an older copy as it is, when the shop cannot be reached or the device has no room.
 *
 * @param owner whose page it is.
 */
export async function copyPage(path: string, owner: string): Promise<boolean> {
  const signal = timeLimit(remembering.signal, copyMs)
  const registration = await navigator.serviceWorker.register(worker, { scope })
  const at = Date.now()
  const answer = await fetch(path, { signal })
  if (!answer.ok || answer.redirected) return false
  const page = await answer.text()
  const needed = filesOf(page)
  await deleteCaches((name) => !name.startsWith(`${owner} `))
  signal.throwIfAborted()
  const cache = await caches.open(nameOf(path, owner))
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname)
  await cache.addAll(needed.filter((file) => !kept.includes(file)))
  // The page after its files: one that is there can be opened.
  await cache.put(path, markedCopy(answer, page, at))
  for (const file of kept) if (file.startsWith(files) && !needed.includes(file)) await cache.delete(file)
  await untilActive(registration)
  return true
}

/** Keeps with the copy what its page knows by now. Where there is no room, the copy goes: it would be too old. */
export async function rememberState(path: string, owner: string, state: unknown): Promise<void> {
  const name = nameOf(path, owner)
  const remembered: Remembered = { at: Date.now(), state }
  try {
    const cache = await caches.open(name)
    await cache.put(stateOf(path), Response.json(remembered))
  } catch {
    await caches.delete(name).catch(() => false)
  }
}

/** The content that was stored with the copy last; null without any. */
export async function recallState(path: string, owner: string): Promise<Remembered | null> {
  const cache = await caches.open(nameOf(path, owner))
  const found = await cache.match(stateOf(path))
  return found ? ((await found.json()) as Remembered) : null
}

/** When the page on screen was copied; null when it came from the shop. */
export function copiedAt(): number | null {
  const mark = document.documentElement.dataset.copiedAt
  return mark ? Number(mark) : null
}

/** From now on the page on screen is no copy: the shop has confirmed what it shows. */
export function endCopy(): void {
  delete document.documentElement.dataset.copiedAt
}

const nameOf = (path: string, owner: string) => `${owner} ${path}`
const stateOf = (path: string) => `${path}/state`

/** The files a page names, and those it has loaded. */
function filesOf(page: string): string[] {
  const named = page.match(/\/_next\/static\/[^"'\\\s<>?&]+/g) ?? []
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(files))
  return [...new Set([...named, ...loaded.map(({ pathname }) => pathname)])]
}

function markedCopy({ headers }: Response, page: string, at: number): Response {
  const marked = new Headers(headers)
  // Those of the body as it came over the wire.
  marked.delete('content-encoding')
  marked.delete('content-length')
  marked.set('x-copied-at', String(at))
  return new Response(page.replace('<html', `<html data-copied-at="${at}"`), { headers: marked })
}

/** Not by `navigator.serviceWorker.ready`: that waits for a worker of the page that the tab was opened with. */
async function untilActive({ active, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  const next = waiting ?? installing
  if (active || !next) return
  await new Promise<void>((resolve) => {
    next.addEventListener('statechange', () => next.state === 'activated' && resolve())
  })
}

async function deleteCaches(isMeant: (name: string) => boolean): Promise<void> {
  for (const name of await caches.keys()) if (isMeant(name)) await caches.delete(name)
}
