'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'

const pauseMs = 1_000
/** A rendering that did not come, or came from before, is asked for again. */
const patienceMs = 4_000

export type Versioned = { readonly id: string; readonly version: number }

/**
 * Has the server render this page again until the versions it `rendered` are those that were `seen`: for what only it
 * can put together. At most once a second, however fast they come in, and not again while it waits: behind what a
 * person has sent, say.
 */
export function useRefreshOn(seen: readonly Versioned[], rendered: readonly Versioned[]): void {
  const router = useRouter()
  const due = useAtMostEvery(pauseMs, versionsOf(seen))
  const done = versionsOf(rendered)
  const [isAsking, startAsking] = useTransition()
  const waits = useRef(false)
  waits.current = isAsking
  useEffect(() => {
    if (due === done) return
    const ask = () => startAsking(router.refresh)
    ask()
    const again = setInterval(() => {
      if (!waits.current) ask()
    }, patienceMs)
    return () => clearInterval(again)
  }, [due, done, router])
}

function versionsOf(rows: readonly Versioned[]): string {
  return rows
    .map(({ id, version }) => `${id}.${version}`)
    .sort()
    .join()
}
