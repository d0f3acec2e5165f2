import { randomUUID } from 'node:crypto'
import { render, screen } from '@testing-library/react'
import type { Sql } from 'postgres'
import type { ReactNode } from 'react'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { StockBadge } from '@/components/stock/stock-badge'
import { useConnection } from '@/lib/client/live/hooks/use-connection'
import { LiveProvider } from '@/lib/client/live/provider'
import type { AccessToken } from '@/lib/client/live/transport/token'
import type { PublicSettings } from '@/lib/domain/core/settings'
import { headersOf, parseRows, readUrls } from '@/lib/domain/live/rest'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'
import { type Cable, layCable } from '@/tests/support/cable'
import { aShop, deliver, type Shop } from '@/tests/support/database'

/** Where the Supabase under test is; tests/support/stack.ts sets it. */
export function underTest(): PublicSettings {
  const supabaseUrl = process.env.NEXT_PUBLIC_SUPABASE_URL
  const publishableKey = process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY
  if (!supabaseUrl || !publishableKey)
    throw new Error('No Supabase to test against: run these tests by "npm test".')
  return { supabaseUrl, publishableKey }
}

/** A product with a few units, and a wire to the Supabase it is in. */
export interface Counter extends Shop {
  readonly sql: Sql
  readonly cable: Cable
  readonly variantId: string
  /** Sells or receives units behind the page's back. */
  move(delta: number): Promise<void>
  /** The shelf as the database has it now. */
  shelf(): Promise<ShelfRow[]>
}

export async function aCounter(sql: Sql, units: number): Promise<Counter> {
  const shop = await aShop(sql)
  const [variantId] = shop.variants
  if (!variantId) throw new Error('the shop has no variant')
  await deliver(sql, variantId, shop.locations[0], units)
  const cable = await layCable(underTest().supabaseUrl)
  return {
    ...shop,
    sql,
    cable,
    variantId,
    async move(delta) {
      await sql`select from public.adjust_stock(${variantId}, ${shop.locations[0]}, ${delta}, 'correction', ${randomUUID()})`
    },
    async shelf() {
      const query = shelfOf([shop.productId])
      const [url = ''] = readUrls(query.source, query.values, underTest())
      return parseRows(
        query.source,
        await (await fetch(url, { headers: headersOf(underTest(), null) })).json(),
      )
    },
  }
}

function Freshness() {
  return <output aria-label="freshness">{useConnection()?.name ?? 'idle'}</output>
}

/** A page that a shopper has open, connected by the counter's cable. */
export function openPage(counter: Counter, content: ReactNode, accessToken?: AccessToken) {
  const settings = { ...underTest(), supabaseUrl: counter.cable.url }
  const around = (inside: ReactNode) => (
    <LiveProvider settings={settings} {...(accessToken && { accessToken })}>
      {inside}
      <Freshness />
      <ConnectionNotice signInPath="/staff/sign-in" />
    </LiveProvider>
  )
  return { around, ...render(around(content), { reactStrictMode: true }) }
}

/** A page with the stock of the counter's product, as the server rendered it. */
export function openProduct(counter: Counter, first: readonly ShelfRow[]) {
  return openPage(counter, <StockBadge productId={counter.productId} first={first} />)
}

export const reads = (words: string) => screen.findByText(words, {}, { timeout: 10_000 })
export const isLive = () => screen.findByText('live', {}, { timeout: 10_000 })
