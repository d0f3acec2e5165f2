import { useState } from 'react'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { StockBadge } from '@/components/stock/stock-badge'
import { LiveProvider } from '@/lib/client/live/provider'
import { useFreshness } from '@/lib/client/live/use-freshness'
import { useLiveQuery } from '@/lib/client/live/use-live-query'
import { stockLevelsOf } from '@/lib/domain/live/stock-queries'
import { shelfOf } from '@/lib/domain/shelf'
import { StockLevel } from '@/lib/domain/stock'
import type { Contender, PageProps } from './contender'

function Badge({ goods, served }: PageProps) {
  const [first] = useState(() => [shelfOf([]).source.parse(served)].filter((row) => row !== null))
  return <StockBadge productId={goods.productId} first={first} />
}

function Level({ goods, served }: PageProps) {
  const [first] = useState(() => [StockLevel.parse(served)])
  const { rows, freshness } = useLiveQuery(stockLevelsOf([goods.variantId]), first)
  const { isFresh } = useFreshness(freshness)
  return <p data-uncertain={!isFresh || undefined}>{rows[0] ? `${rows[0].on_hand} left` : 'unknown'}</p>
}

/** The shop's own components and hooks, as its pages mount them. */
export const onhand: Contender = {
  name: 'Onhand',
  ShopPage: (props: PageProps) => (
    <LiveProvider settings={props.settings}>
      <Badge {...props} />
      <ConnectionNotice />
    </LiveProvider>
  ),
  StaffPage: (props: PageProps) => (
    <LiveProvider settings={props.settings} {...(props.accessToken && { accessToken: props.accessToken })}>
      <Level {...props} />
      <ConnectionNotice />
    </LiveProvider>
  ),
}
