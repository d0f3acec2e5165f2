'use client'

import { useMemo } from 'react'
import useSWR from 'swr'
import { useDataApi } from '@/lib/client/live/hooks/use-data-api'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type ExplainQuestion, Explanation, explainAddress } from '@/lib/domain/stock/explanation'
import { stockLevelsOf } from '@/lib/domain/stock/live'
import type { StockLevel } from '@/lib/domain/stock/stock'
import { useCacheCleanup } from './use-cache-cleanup'
import { withFreshness } from './with-freshness'

/**
 * The parts of a quantity. An explanation of the present is read again when its stock level changes. Null until the first
 * response.
 *
 * @param first the levels of the variant as the server rendered them.
 */
export function useExplanation(
  question: ExplainQuestion,
  first: readonly StockLevel[],
): { explanation: Explanation | null; hasFailed: boolean } {
  const { callFunction } = useDataApi()
  const query = useMemo(() => stockLevelsOf([question.variant_id]), [question.variant_id])
  const { rows } = useLiveQuery(query, first)
  const level = rows.find(({ location_id }) => location_id === question.location_id)
  const address = explainAddress(question)
  const version = question.at ? 0 : (level?.version ?? 0)
  const { data, error } = useSWR(
    ['explanation', address, version],
    async () => ({
      address,
      explanation: Explanation.parse(await callFunction('explain_quantity', question)),
    }),
    { onError: (cause) => reportError(cause), use: [withFreshness] },
  )
  useCacheCleanup('explanation', address, version)

  // Data of an older version stay on screen until the next arrive; those of another question do not.
  const isAnswered = data?.address === address
  return {
    explanation: isAnswered ? data.explanation : null,
    hasFailed: !isAnswered && error !== undefined,
  }
}
