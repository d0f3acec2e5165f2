import { useState } from 'react'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { StockBadge } from '@/components/stock/stock-badge'
import { DataApiProvider } from '@/lib/client/live/data-api-provider'
import { useFreshness } from '@/lib/client/live/hooks/use-freshness'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { LiveRows } from '@/lib/client/live/live-rows'
import { liveList } from '@/lib/domain/live/live-list'
import type { LiveSource } from '@/lib/domain/live/query'
import { stockLevels, stockLevelsOf } from '@/lib/domain/stock/live'
import { shelfOf } from '@/lib/domain/stock/shelf'
import type { Contender, PageProps } from '@/tests/faults/support/faults/contender'

/** The server render, as the rows of a source: the same array from render to render. */
function useServed<Row>({ parse }: LiveSource<Row>, served: unknown): readonly Row[] {
  const [first] = useState(() => [parse(served)].filter((row) => row !== null))
  return first
}

function Left<Row>({ seen, units }: { seen: LiveRows<Row>; units: (row: Row) => unknown }) {
  const { isFresh } = useFreshness(seen.freshness)
  const [row] = seen.rows
  return <p data-uncertain={!isFresh || undefined}>{row ? String(units(row)) : 'unknown'} left</p>
}

/** The goods by way of a list, of what was changed latest. */
function useListed<Row extends { variant_id: string; version: number }>(
  source: LiveSource<Row>,
  { goods, served }: PageProps,
): LiveRows<Row> {
  const list = liveList(
    { ...source, by: 'version' },
    {
      pageSize: 10,
      only: {
        where: `variant_id=eq.${goods.variantId}`,
        has: (row) => row.variant_id === goods.variantId,
      },
    },
  )
  return useLiveList(list, useServed(source, served))
}

const shelf = shelfOf([]).source

function Badge({ goods, served }: PageProps) {
  return <StockBadge productId={goods.productId} first={useServed(shelf, served)} />
}

function ListedOnTheShelf(props: PageProps) {
  return <Left seen={useListed(shelf, props)} units={({ left }) => left} />
}

function Level({ goods, served }: PageProps) {
  const seen = useLiveQuery(stockLevelsOf([goods.variantId]), useServed(stockLevels, served))
  return <Left seen={seen} units={(row) => row.on_hand} />
}

function ListedLevel(props: PageProps) {
  return <Left seen={useListed(stockLevels, props)} units={(row) => row.on_hand} />
}

/** The shop's own components and hooks, as its pages mount them: one number by a query, and again in a list. */
export const onhand: Contender = {
  name: 'Onhand',
  ShopPage: (props: PageProps) => (
    <DataApiProvider settings={props.settings}>
      <Badge {...props} />
      <ListedOnTheShelf {...props} />
      <ConnectionNotice signInPath="/account/sign-in" />
    </DataApiProvider>
  ),
  StaffPage: (props: PageProps) => (
    <DataApiProvider settings={props.settings} {...(props.accessToken && { accessToken: props.accessToken })}>
      <Level {...props} />
      <ListedLevel {...props} />
      <ConnectionNotice signInPath="/account/sign-in" />
    </DataApiProvider>
  ),
}
