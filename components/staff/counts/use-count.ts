'use client'

import { useEffect, useMemo, useState } from 'react'
import { readCount, recordEntries } from '@/lib/actions/staff/counts'
import { useDocument } from '@/lib/client/documents/use-document'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type Sending, useOutbox } from '@/lib/client/offline/use-outbox'
import { usePageCopy } from '@/lib/client/offline/use-page-copy'
import type { Refusal } from '@/lib/domain/core/refusal'
import { dataOrThrow } from '@/lib/domain/core/result'
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
 * A count, live: read again after an entry or an answer of another staff member, after a sale from a shelf that was
 * just counted, and when a line settles. Entries are kept on the device until the count has them and a copy of the
 * page knows it: opened without a network, the page shows one or the other.
 */
export function useCount(first: CountRead, userId: string): CountDesk {
  const { id } = first.count
  const [copied, setCopied] = useState(first)
  const { copiedAt, isKept, confirm } = usePageCopy(
    `/staff/counts/${id}`,
    '/staff/counts',
    userId,
    parseRead,
    setCopied,
  )
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const known = versionOf(copied) < versionOf(first) ? first : copied
  const { read, show } = useCountRead(known, copiedAt !== null, confirm)

  async function take(newer: CountRead): Promise<void> {
    if (show(newer)) await confirm(newer)
  }

  const sending = useOutbox(`count.${userId}.${id}`, parse, isReady, async (found) => {
    const now = Date.now()
    const { unknown, answer } = await recordEntries(
      id,
      found.map((each) => entryOf(each, now)),
    )
    if (!answer.ok) {
      setRefusal(answer.error)
      return { done: [], isOver: answer.error.code !== 'signed_out' }
    }
    setRefusal(null)
    await take(answer.data)
    const unknownOf = (each: FoundUnits) => unknown.find(({ id }) => id === each.id)
    for (const each of found) {
      const open = unknownOf(each)
      if (open) sending.keep({ ...each, unknown: true, choices: open.choices })
    }
    return { done: found.filter((each) => !unknownOf(each)), isOver: false }
  })

  return { ...sending, read, refusal, take, copiedAt, isKept }
}

const versionOf = (read: CountRead) => read.count.version
const parseRead = (candidate: unknown) => CountRead.safeParse(candidate).data ?? null
const parse = (candidate: unknown) => FoundUnits.safeParse(candidate).data ?? null
const isReady = (found: FoundUnits) => !found.unknown

/** How often a copy asks the shop whether it is still right, once there is a connection. */
const confirmMs = 2_000

/** How long changes of levels are gathered before the count is read for them. */
const gatherMs = 200

/**
 * The count as its rows announce it; read again also when a shelf that was just counted sells, and when a line settles.
 *
 * @param isCopy whether the page is a copy that this device kept: then the shop is asked until it confirms what is shown.
 */
function useCountRead(first: CountRead, isCopy: boolean, confirm: (read: CountRead) => Promise<void>) {
  const { id } = first.count
  const firstRow = useMemo(() => [first.count], [first.count])
  const query = useMemo(() => countOf(id), [id])
  const { rows, freshness } = useLiveQuery(query, firstRow)
  const {
    document: read,
    take: show,
    reread,
  } = useDocument({
    name: 'count',
    id,
    first,
    versionOf,
    announced: rows[0]?.version ?? 0,
    async read() {
      const found = dataOrThrow('count', await readCount(id))
      await confirm(found)
      return found
    },
    rereadMs: isCopy && freshness.name === 'live' ? confirmMs : 0,
  })

  const unsettled = read.lines.filter((line) => line.settles_in_ms > 0)
  const levels = useLiveQuery(
    stockLevelsOf(unsettled.map((line) => line.variant_id)),
    noLevels,
    unsettled.length > 0,
  )
  const positions = levels.rows.map((level) => level.ledger_position).join()
  const settlesIn = Math.min(...unsettled.map((line) => line.settles_in_ms))
  useEffect(() => {
    if (positions === '') return
    const timer = setTimeout(reread, gatherMs)
    return () => clearTimeout(timer)
  }, [reread, positions])
  useEffect(() => {
    if (!Number.isFinite(settlesIn)) return
    const timer = setTimeout(reread, settlesIn + 300)
    return () => clearTimeout(timer)
  }, [reread, settlesIn])

  return { read, show }
}
