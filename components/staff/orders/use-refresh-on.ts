'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useAtMostEvery } from '@/lib/client/use-at-most-every'

const pauseMs = 1_000
/** A rendering that did not come, or came from before, is asked for again. */
const patienceMs = 4_000

/**
 * Has the server render this page again until what is `rendered` are the versions that were `seen`: for what only it
 * can put together. At most once a second, however fast orders come in.
 */
export function useRefreshOn(seen: string, rendered: string): void {
  const router = useRouter()
  const due = useAtMostEvery(pauseMs, seen)
  useEffect(() => {
    if (due === rendered) return
    router.refresh()
    const again = setInterval(router.refresh, patienceMs)
    return () => clearInterval(again)
  }, [due, rendered, router])
}
