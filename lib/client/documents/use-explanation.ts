'use client'

import { useEffect, useMemo, useState } from 'react'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { useRegistry } from '@/lib/client/live/provider'
import { type ExplainQuestion, Explanation, explainAddress } from '@/lib/domain/stock/explanation'
import { stockLevelsOf } from '@/lib/domain/stock/live'
import type { StockLevel } from '@/lib/domain/stock/stock'

/**
 * What a quantity is made of; asked again when its level changes, so that an open explanation of now stays true.
 * Null until the first answer.
 *
 * @param first the levels of the variant as the server rendered them.
 */
export function useExplanation(
  question: ExplainQuestion,
  first: readonly StockLevel[],
): { explanation: Explanation | null; hasFailed: boolean } {
  const { ask } = useRegistry()
  const query = useMemo(() => stockLevelsOf([question.variant_id]), [question.variant_id])
  const { rows } = useLiveQuery(query, first)
  const level = rows.find(({ location_id }) => location_id === question.location_id)
  const address = explainAddress(question)
  const version = question.at ? null : (level?.version ?? 0)
  const [answer, setAnswer] = useState<{ address: string; explanation: Explanation | null } | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address stands for the question, the version for its number.
  useEffect(() => {
    const mine = new AbortController()
    ask('explain_quantity', question, mine.signal).then(
      (body) => {
        if (!mine.signal.aborted) setAnswer({ address, explanation: Explanation.parse(body) })
      },
      (cause: unknown) => {
        if (mine.signal.aborted) return
        setAnswer({ address, explanation: null })
        reportError(cause)
      },
    )
    return () => mine.abort()
  }, [ask, address, version])

  const isAnswered = answer?.address === address
  return {
    explanation: isAnswered ? answer.explanation : null,
    hasFailed: isAnswered && answer.explanation === null,
  }
}
