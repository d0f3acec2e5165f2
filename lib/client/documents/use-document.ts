'use client'

import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import useSWR, { useSWRConfig } from 'swr'
import { noticing } from '@/lib/client/forms/outdated'
import { untilAnswered } from '@/lib/client/forms/until-answered'
import { useCacheCleanup } from './use-cache-cleanup'
import { withFreshness } from './with-freshness'

/** How long further changes are gathered before a document is read, and how long one read may take. */
const gatherMs = 200
const readMs = 8_000

/** A document that the server assembles. */
export interface LiveDocument<T> {
  readonly name: string
  readonly id: string
  /** The document as the server rendered it. */
  readonly first: T
  /** Grows with every change. */
  versionOf(document: T): number
  /** The version that its live rows have now. */
  readonly announced: number
  /** Reads the document as it is. */
  read(): Promise<T>
  /** The interval of reads that no row change causes, in milliseconds; 0 for never. */
  readonly rereadMs?: number
}

export interface ShownDocument<T> {
  readonly document: T
  /** Shows a newer state, as an action returned it; an older one is not shown, and the result is false. */
  take(document: T): boolean
  /** Reads the document again, whatever version it has. */
  reread(): void
}

/**
 * A document that is read again until it has the version its rows announce: after every change, after a read that
 * failed, and after a read that another change overtook. The key is its name, id and version. One read at a time: a
 * change during a read waits for its end, so that a busy document is shown as often as it can be read.
 */
export function useDocument<T>({
  name,
  id,
  first,
  versionOf,
  announced,
  read,
  rereadMs = 0,
}: LiveDocument<T>): ShownDocument<T> {
  const { mutate } = useSWRConfig()
  const [wanted, setWanted] = useState(versionOf(first))
  const version = Math.max(wanted, versionOf(first))
  const isRendered = version === versionOf(first)
  const shown = useRef(first)

  async function load(): Promise<T> {
    const isOlder = () => versionOf(shown.current) < version
    if (isOlder()) {
      await new Promise((resolve) => setTimeout(resolve, gatherMs))
      // The response of an action was quicker.
      if (!isOlder()) return shown.current
    }
    const found = await untilAnswered(() => noticing(read()), { answerMs: readMs, pauseMs: 0, calls: 1 })
    if (versionOf(found) < version)
      throw new Error(`${name}: version ${version} was announced, an older one read`)
    return found
  }

  const {
    data = first,
    isLoading,
    mutate: revalidate,
  } = useSWR<T>([name, id, version], load, {
    ...(isRendered && { fallbackData: first }),
    refreshInterval: rereadMs,
    use: [withFreshness],
  })
  const document = versionOf(data) < versionOf(first) ? first : data
  const isReading = isLoading && !isRendered
  const isBehind = announced > Math.max(version, versionOf(document))

  // After what was read is on screen, and before it is painted as the latest.
  useLayoutEffect(() => {
    shown.current = document
    if (isBehind && !isReading) setWanted(announced)
  }, [document, announced, isBehind, isReading])
  useCacheCleanup(name, id, version)

  function take(taken: T): boolean {
    if (versionOf(taken) < versionOf(shown.current)) return false
    shown.current = taken
    void mutate([name, id, versionOf(taken)], taken, { revalidate: false })
    setWanted((last) => Math.max(last, versionOf(taken)))
    return true
  }
  const reread = useCallback(() => void revalidate(), [revalidate])

  return { document, take, reread }
}
