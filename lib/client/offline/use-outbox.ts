'use client'

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { noticing } from '@/lib/client/forms/outdated'
import { untilAnswered } from '@/lib/client/forms/until-answered'
import { createOutbox, type Outbox } from './outbox'

/** How long until what could not be sent is tried again, and how many items one call takes. */
const retryMs = 3_000
const mostAtOnce = 200

/** The outcome of a call: items to drop, and whether another try makes sense. */
export interface Sent<Item> {
  readonly done: readonly Item[]
  readonly isOver: boolean
}

export interface Sending<Item> {
  /** Not acknowledged yet, oldest first. Nothing while the server renders. */
  readonly waiting: readonly Item[]
  /** Whether the last try reached no server. Retried automatically, and when the network is back. */
  readonly isCutOff: boolean
  /** Whether some of them would be lost with the page: the device did not store them. */
  isFleeting: boolean
  keep(item: Item): void
  drop(ids: readonly string[]): void
}

const none: readonly never[] = []

/**
 * Keeps items on the device and sends them, oldest first, until they are acknowledged. One call at a time; an item
 * may arrive twice, so each must count once by its id.
 *
 * @param isReady which items to send; the others wait for a person.
 * @param send rejects when nobody was reached.
 */
export function useOutbox<Item extends { id: string; began: number }>(
  name: string,
  parse: (candidate: unknown) => Item | null,
  isReady: (item: Item) => boolean,
  send: (items: readonly Item[]) => Promise<Sent<Item>>,
): Sending<Item> {
  const outbox = useMemo(() => createOutbox(name, parse), [name, parse])
  const waiting = useSyncExternalStore(outbox.listen, outbox.items, () => none as readonly Item[])
  const [isCutOff, setCutOff] = useState(false)
  const [isOver, setOver] = useState(false)
  const isSending = useRef(false)
  const latest = useRef(send)
  latest.current = send

  const flush = useCallback(async () => {
    const items = outbox.items().filter(isReady).slice(0, mostAtOnce)
    if (isSending.current || items.length === 0) return
    isSending.current = true
    try {
      const sent = await untilAnswered(() => noticing(latest.current(items)), {
        answerMs: 8_000,
        pauseMs: 0,
        calls: 1,
      })
      dropUnchanged(outbox, sent.done)
      setCutOff(false)
      setOver(sent.isOver)
    } catch {
      setCutOff(true)
    } finally {
      isSending.current = false
    }
  }, [outbox, isReady])

  const isFleeting = outbox.isFleeting()
  useEffect(() => {
    if (!isFleeting) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isFleeting])

  useEffect(() => {
    if (isOver || !waiting.some(isReady)) return
    void flush()
    const timer = setInterval(flush, retryMs)
    addEventListener('online', flush)
    return () => {
      clearInterval(timer)
      removeEventListener('online', flush)
    }
  }, [flush, isOver, isReady, waiting])

  return { waiting, isCutOff, isFleeting, keep: outbox.keep, drop: outbox.drop }
}

/** An item that changed while it was being sent stays, and is sent as it is now. */
function dropUnchanged<Item extends { id: string }>(outbox: Outbox<Item>, done: readonly Item[]): void {
  const now = new Map(outbox.items().map((item) => [item.id, JSON.stringify(item)]))
  outbox.drop(done.filter((item) => now.get(item.id) === JSON.stringify(item)).map(({ id }) => id))
}
