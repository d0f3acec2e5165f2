'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useAtMostEvery } from '@/lib/client/use-at-most-every'

const pauseMs = 1_000

/**
 * Has the server render this page again when `versions` change: for what only it can put together. At most once a
 * second, however fast orders come in.
 */
export function useRefreshOn(versions: string): void {
  const router = useRouter()
  const due = useAtMostEvery(pauseMs, versions)
  const rendered = useRef(due)
  useEffect(() => {
    if (rendered.current === due) return
    rendered.current = due
    router.refresh()
  }, [due, router])
}
