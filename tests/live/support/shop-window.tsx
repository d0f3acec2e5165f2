import { randomUUID } from 'node:crypto'
import { render, screen } from '@testing-library/react'
import type { Sql } from 'postgres'
import type { ReactNode } from 'react'
import { expect } from 'vitest'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { StockBadge } from '@/components/stock/stock-badge'
import { DataApiProvider } from '@/lib/client/live/data-api-provider'
import { useConnection } from '@/lib/client/live/hooks/use-connection'
import type { AccessToken } from '@/lib/client/live/transport/token'
import type { PublicSettings } from '@/lib/domain/core/settings'
import { parseRows } from '@/lib/domain/live/rest'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'
import { type Cable, layCable } from '@/tests/support/cable'
import { aShop, deliver, type Shop } from '@/tests/support/database'
import { comeFrom } from '@/tests/support/page-origin'

/** Where the Supabase under test is; tests/support/stack.ts sets it. */
export function underTest(): PublicSettings {
  const supabaseUrl = process.env.NEXT_PUBLIC_SUPABASE_URL
  const publishableKey = process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY
  if (!supabaseUrl || !publishableKey)
    throw new Error('No Supabase to test against: run these tests by "npm test".')
  return { supabaseUrl, publishableKey }
}

/** Whether the shop under test broadcasts its stock: vitest runs some files in both ways. */
export const isStockBroadcast = process.env.STOCK_BROADCAST === 'on'

/** A product with a few units, and a wire to the Supabase it is in. */
export interface Counter extends Shop {
  readonly sql: Sql
  readonly cable: Cable
  readonly variantId: string
  /** Sells or receives units behind the page's back. */
  move(delta: number): Promise<void>
  /** Resolves once a change is sent at once again: a busy row is broadcast only so often. */
  calm(): Promise<void>
  /** The shelf as the database has it now. */
  shelf(): Promise<ShelfRow[]>
}

export async function aCounter(sql: Sql, units: number): Promise<Counter> {
  const shop = await aShop(sql)
  const [variantId] = shop.variants
  if (!variantId) throw new Error('the shop has no variant')
  await deliver(sql, variantId, shop.locations[0], units)
  const cable = await layCable(underTest().supabaseUrl, process.env.SHELF_SERVER_URL ?? '')
  return {
    ...shop,
    sql,
    cable,
    variantId,
    async move(delta) {
      await sql`select from public.adjust_stock(${variantId}, ${shop.locations[0]}, ${delta}, 'correction', ${randomUUID()})`
    },
    async calm() {
      const recent = () => sql`select from private.shelf_broadcasts
        where variant_id = ${variantId} and sent_at[3] > clock_timestamp() - interval '1 second'`
      await expect.poll(recent, { timeout: 10_000 }).toHaveLength(0)
    },
    async shelf() {
      const rows = await sql`select variant_id, product_id, band, "left", version::int from public.shelf
        where product_id = ${shop.productId}`
      return parseRows(shelfOf([]).source, [...rows])
    },
  }
}

function Freshness() {
  return <output aria-label="freshness">{useConnection()?.name ?? 'idle'}</output>
}

/** A page that a shopper has open, connected by the counter's cable. */
export function openPage(counter: Counter, content: ReactNode, accessToken?: AccessToken) {
  const settings = { ...underTest(), supabaseUrl: counter.cable.url, isStockBroadcast }
  comeFrom(counter.cable.shopUrl)
  const around = (inside: ReactNode) => (
    <DataApiProvider settings={settings} {...(accessToken && { accessToken })}>
      {inside}
      <Freshness />
      <ConnectionNotice signInPath="/staff/sign-in" />
    </DataApiProvider>
  )
  return { around, ...render(around(content), { reactStrictMode: true }) }
}

/** A page with the stock of the counter's product, as the server rendered it. */
export function openProduct(counter: Counter, first: readonly ShelfRow[]) {
  return openPage(counter, <StockBadge productId={counter.productId} first={first} />)
}

export const reads = (words: string) => screen.findByText(words, {}, { timeout: 10_000 })
export const isLive = () => screen.findByText('live', {}, { timeout: 10_000 })
