'use client'

import { useLiveClient } from '@/lib/client/live/provider'
import type { OptimisticUpdate } from '@/lib/client/live/row-store'
import type { Result } from '@/lib/domain/core/result'
import type { LiveSource } from '@/lib/domain/live/query'

/**
 * An optimistic change of live rows, for `applyOptimistic` of a form whose answer has the rows it changed: shown at once on top of
 * the server's rows, also while others change the same row; withdrawn when refused or unanswered.
 *
 * @param updateOf the row to show changed, by the fields that are sent; none where the outcome is not known before.
 */
export function useOptimisticRows<Row>(
  source: LiveSource<Row>,
  updateOf?: (fields: FormData) => (OptimisticUpdate<Row> & { readonly id: string }) | undefined,
): (fields: FormData) => (answer: Result<readonly Row[], unknown> | null) => void {
  const client = useLiveClient()
  return (fields) => {
    const { rows } = client.store(source)
    const update = updateOf?.(fields)
    const finish = update ? rows.applyOptimistic(update.id, update) : rows.take
    return (answer) => finish(answer?.ok ? answer.data : [])
  }
}
