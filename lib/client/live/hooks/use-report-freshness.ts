'use client'

import { useLayoutEffect, useRef, useState } from 'react'
import { now } from '@/lib/client/live/clock'
import { createDocumentFreshness } from '@/lib/client/live/document-freshness'
import { useLiveClient } from '@/lib/client/live/provider'
import { timing } from '@/lib/domain/live/feed'

/** A read that takes longer than this makes what is shown uncertain. */
const slowMs = timing.compareMs

/** How the read of a document is going. */
export interface DocumentReading {
  readonly isReading: boolean
  /** Whether the document on screen is known to be older than the database. */
  readonly isOlder: boolean
  readonly hasFailed: boolean
  /** How often the document is polled; 0 where its rows announce each change. */
  readonly pollMs: number
}

/** Makes the freshness of a document part of the freshness of the page, before the page is painted. */
export function useReportFreshness({ isReading, isOlder, hasFailed, pollMs }: DocumentReading): void {
  const documents = useLiveClient().resource('documents', createDocumentFreshness)
  const [reader] = useState(() => ({}))
  const [isSlow, setIsSlow] = useState(false)
  const since = useRef(0)
  const isSettled = !isReading && !isOlder && !hasFailed

  useLayoutEffect(() => {
    if (!isSettled) since.current = now()
  }, [isSettled])

  useLayoutEffect(() => {
    if (!isReading) return setIsSlow(false)
    const timer = setTimeout(setIsSlow, slowMs, true)
    return () => clearTimeout(timer)
  }, [isReading])

  useLayoutEffect(() => {
    const name = hasFailed ? 'stale' : isOlder || isSlow ? 'catching-up' : null
    documents.report(reader, name && { name, confirmedAt: Math.max(0, since.current - pollMs) })
  }, [documents, reader, hasFailed, isOlder, isSlow, pollMs])

  useLayoutEffect(() => () => documents.report(reader, null), [documents, reader])
}
