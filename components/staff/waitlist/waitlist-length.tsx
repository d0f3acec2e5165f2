'use client'

import { useMemo } from 'react'
import { Text } from '@/components/ui/text/text'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type WaitlistLength as Length, waitlistLengthOf } from '@/lib/domain/waitlist/live'
import { waitlistWords } from './words'

/** How many people are on the waitlist of a variant, live. Renders a `<p>`. */
export function WaitlistLength({ variantId, first }: { variantId: string; first: readonly Length[] }) {
  const query = useMemo(() => waitlistLengthOf(variantId), [variantId])
  const { rows } = useLiveQuery(query, first)
  return (
    <Text size="small" figures>
      {waitlistWords.length(rows[0]?.in_line ?? 0)}
    </Text>
  )
}
