'use client'

import { useMemo } from 'react'
import { Text } from '@/components/ui/text/text'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type DiscountCount, usesOfDiscount } from '@/lib/domain/checkout/discount'
import { discountListWords as words } from './words'

/** The uses of a code, live. Renders a `<span>`. */
export function LiveUses({ first }: { first: DiscountCount }) {
  const query = useMemo(() => usesOfDiscount(first.discount_id), [first.discount_id])
  const { used, held, uses_limit } = useLiveQuery(query, [first]).rows[0] ?? first
  return (
    <Text as="span" figures>
      {words.uses(used, uses_limit)}
      {words.held(held)}
    </Text>
  )
}
