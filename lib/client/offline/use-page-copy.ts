'use client'

import { useCallback, useEffect, useState } from 'react'
import { copiedAt, copyPage, endCopy, recallState, rememberState } from './page-copy'

export interface PageCopy<State> {
  /** When what is shown was true, by this device's clock, where nothing but its own copy vouches for it; else null. */
  copiedAt: number | null
  /** Whether this page opens without a network. */
  isKept: boolean
  /** The shop has just answered with this state. Resolves when the copy knows it too. */
  confirm: (state: State) => Promise<void>
}

/** Nothing is copied in development (its files change under one name) or over plain HTTP (no browser would). */
function canCopy(): boolean {
  // biome-ignore lint/style/noProcessEnv: written into the build, not read from an environment
  return process.env.NODE_ENV === 'production' && 'serviceWorker' in navigator && 'caches' in window
}

/**
 * Keeps a copy of the page on screen on this device, so that it opens without a network, and of the page that leads to it.
 *
 * @param path of the page.
 * @param wayIn the path of the page that leads to it.
 * @param owner whose page it is: a copy is never shown to anybody else.
 * @param parse null for what cannot be read, as after an update of the shop.
 * @param show called with what the page showed last, where it is a copy.
 */
export function usePageCopy<State>(
  path: string,
  wayIn: string,
  owner: string,
  parse: (candidate: unknown) => State | null,
  show: (state: State) => void,
): PageCopy<State> {
  const [since, setSince] = useState<number | null>(null)
  const [isKept, setKept] = useState(false)
  const keep = useCallback(() => {
    // No network, no space, or signed out in the meantime: there is no copy then, and the page works without one.
    copyPage(path, owner)
      .then((isCopied) => isCopied && copyPage(wayIn, owner))
      .then(setKept, () => undefined)
  }, [path, wayIn, owner])

  useEffect(() => {
    const madeAt = copiedAt()
    if (!canCopy()) return
    if (madeAt === null) return keep()
    setSince(madeAt)
    setKept(true)
    void recallState(path, owner).then((last) => {
      const state = last && parse(last.state)
      if (!state || copiedAt() === null) return
      show(state)
      setSince(Math.max(madeAt, last.at))
    })
  }, [path, owner, parse, show, keep])

  const confirm = useCallback(
    async (state: State) => {
      if (!canCopy()) return
      await rememberState(path, owner, state)
      if (copiedAt() === null) return
      endCopy()
      setSince(null)
      keep()
    },
    [path, owner, keep],
  )

  return { copiedAt: since, isKept, confirm }
}
