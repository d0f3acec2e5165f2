'use client'

import { useRegistry } from '@/lib/client/live/provider'
import type { Intent } from '@/lib/client/live/rows'
import type { Result } from '@/lib/domain/core/result'
import type { LiveSource } from '@/lib/domain/live/query'

/**
 * An optimistic change of live rows, for `applyOptimistic` of a form whose answer has the rows it changed: shown at once on top of
 * what the server says, also while others change the same row; withdrawn when refused or unanswered.
 *
 * @param intentOf the row to show changed, by the fields that are sent; none where the outcome is not known before.
 */
export function useOptimisticRows<Row>(
  source: LiveSource<Row>,
  intentOf?: (fields: FormData) => (Intent<Row> & { readonly id: string }) | undefined,
): (fields: FormData) => (answer: Result<readonly Row[], unknown> | null) => void {
  const registry = useRegistry()
  return (fields) => {
    const { rows } = registry.table(source)
    const intent = intentOf?.(fields)
    const finish = intent ? rows.intend(intent.id, intent) : rows.take
    return (answer) => finish(answer?.ok ? answer.data : [])
  }
}
