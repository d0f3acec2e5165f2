'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { lookAtCount, record } from '@/lib/actions/staff/counts'
import { useCatchUp } from '@/lib/client/hooks/use-catch-up'
import { useNewest } from '@/lib/client/hooks/use-newest'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type Sending, useOutbox } from '@/lib/client/offline/use-outbox'
import { usePageCopy } from '@/lib/client/offline/use-page-copy'
import type { Refusal } from '@/lib/domain/core/refusal'
import { CountRead, countOf, entryOf, FoundUnits } from '@/lib/domain/counts/count'
import { stockLevelsOf } from '@/lib/domain/stock/live'
import type { StockLevel } from '@/lib/domain/stock/stock'

export interface CountDesk extends Sending<FoundUnits> {
  read: CountRead
  /** Why what waits on this device was not taken. */
  refusal: Refusal | null
  /** Shows a newer state of the count, as the shop answered. Resolves when a copy on this device has it too. */
  take: (read: CountRead) => Promise<void>
  /** When what is shown was true, where it is a copy that this device kept; else null. */
  copiedAt: number | null
  /** Whether the page opens without a network. */
  isKept: boolean
}

const noLevels: readonly StockLevel[] = []

/**
 * A count as it is, live: read again when a colleague records or answers something, when a shelf that was just counted
 * sells, and when a line settles. What is typed here is kept on the device until the count has it, and until a copy of
 * the page knows that: opened without a network it shows one or the other.
 */
export function useCount(first: CountRead, userId: string): CountDesk {
  const { newest: read, take: show } = useNewest(first, versionOf)
  const { copiedAt, isKept, confirm } = usePageCopy(
    `/staff/counts/${first.count.id}`,
    '/staff/counts',
    userId,
    parseRead,
    show,
  )
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { id } = read.count
  const newest = useRef(0)
  const take = useCallback(
    async (read: CountRead) => {
      if (versionOf(read) < newest.current) return
      newest.current = versionOf(read)
      show(read)
      await confirm(read)
    },
    [show, confirm],
  )

  const sending = useOutbox(`count.${userId}.${id}`, parse, isReady, async (found) => {
    const now = Date.now()
    const { unknown, answer } = await record(
      id,
      found.map((each) => entryOf(each, now)),
    )
    if (!answer.ok) {
      setRefusal(answer.error)
      return { done: [], isOver: answer.error.code !== 'signed_out' }
    }
    setRefusal(null)
    await take(answer.data)
    for (const each of found) if (unknown.includes(each.id)) sending.keep({ ...each, unknown: true })
    return { done: found.filter((each) => !unknown.includes(each.id)), isOver: false }
  })

  useReading(read, take, copiedAt !== null)
  return { ...sending, read, refusal, take, copiedAt, isKept }
}

const versionOf = (read: CountRead) => read.count.version
const parseRead = (candidate: unknown) => CountRead.safeParse(candidate).data ?? null
const parse = (candidate: unknown) => FoundUnits.safeParse(candidate).data ?? null
const isReady = (found: FoundUnits) => !found.unknown

/** How often a copy asks the shop whether it is still right, once there is a connection. */
const confirmMs = 2_000

/** Reads the count again whenever there may be something new in it. */
function useReading(read: CountRead, take: CountDesk['take'], isCopy: boolean): void {
  const { count, lines } = read
  const firstRow = useMemo(() => [count], [count])
  const { rows, freshness } = useLiveQuery(
    useMemo(() => countOf(count.id), [count.id]),
    firstRow,
  )
  const row = rows[0]
  const unsettled = lines.filter((line) => line.settles_in_ms > 0).map((line) => line.variant_id)
  const levels = useLiveQuery(stockLevelsOf(unsettled), noLevels, unsettled.length > 0)
  const positions = levels.rows.map((level) => level.ledger_position).join()
  const settlesIn = Math.min(...lines.map((line) => line.settles_in_ms).filter((ms) => ms > 0))

  const look = useCallback(async () => {
    // Out of reach: it is read again, and the next try to send reads it, too.
    const answer = await lookAtCount(count.id).catch(() => null)
    if (answer?.ok) await take(answer.data)
  }, [count.id, take])

  useCatchUp(row?.version ?? count.version, count.version, look)
  useEffect(() => {
    if (positions === '') return
    const timer = setTimeout(look, 200)
    return () => clearTimeout(timer)
  }, [look, positions])
  const isToConfirm = isCopy && freshness.name === 'live'
  useEffect(() => {
    if (!isToConfirm) return
    const timer = setInterval(look, confirmMs)
    return () => clearInterval(timer)
  }, [look, isToConfirm])
  useEffect(() => {
    if (!Number.isFinite(settlesIn)) return
    const timer = setTimeout(look, settlesIn + 300)
    return () => clearTimeout(timer)
  }, [look, settlesIn])
}
