'use client'

import { useEffect, useRef, useState } from 'react'

/** How long further changes are gathered before a document is read, and the pause before it is read once more. */
const gatherMs = 200
const againMs = 1_000

/**
 * Reads a document again until it is as new as its row says: after each change, after a read that failed, and after one that
 * a further change overtook.
 *
 * @param announced the version its row has now.
 * @param shown the version on the page.
 * @param read reads the document and shows it; must be the same function from render to render.
 */
export function useCatchUp(announced: number, shown: number, read: () => Promise<unknown>): void {
  const [reads, setReads] = useState(0)
  const readFor = useRef(shown)
  const isBehind = announced > shown

  useEffect(() => {
    if (!isBehind) return
    const pause = readFor.current === announced && reads > 0 ? againMs : gatherMs
    const timer = setTimeout(async () => {
      readFor.current = announced
      await read().catch(() => null)
      setReads((count) => count + 1)
    }, pause)
    return () => clearTimeout(timer)
  }, [isBehind, announced, reads, read])
}
