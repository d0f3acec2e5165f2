import 'server-only'
import type { CodeChoice } from '@/lib/domain/codes/choice'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { SaleQuote, type SaleQuoteRequest, type SaleRequest } from '@/lib/domain/orders/counter-sale'
import { Order } from '@/lib/domain/orders/order'
import { InventoryFilter } from '@/lib/domain/stock/inventory'
import { callFunction } from '@/lib/server/platform/call-function'
import { variantsOf } from '@/lib/server/stock/code-lines'
import { searchInventory } from '@/lib/server/stock/inventory'

/** How many items are offered to choose from. */
const CHOICES = 8

/**
 * The variant that a scanned code names, or that typed words find. Refused with the choices where it may be several, and
 * where there is none.
 */
export async function findSaleItem({ code }: { code: string }): Promise<Result<string>> {
  const named = await variantsOf([{ code, quantity: 1 }])
  if (named.ok) return accepted(named.data[0]?.variant_id ?? '')
  if (named.error.code !== 'invalid_input') return named
  const { entries } = await searchInventory(InventoryFilter.parse({ q: code }), [])
  const choices: CodeChoice[] = entries
    .filter(({ active, status }) => active && status === 'active')
    .slice(0, CHOICES)
    .map(({ variant_id, title, option_values, sku, barcode }) => ({
      variant_id,
      title,
      option_values,
      sku,
      barcode,
    }))
  const [only] = choices
  if (!only) return named
  if (choices.length === 1) return accepted(only.variant_id)
  return refused({ code: 'ambiguous_code', detail: { field: 'code', code, choices } })
}

/** The total of a sale, and how many units of each item the location has. */
export async function quoteSale(asked: SaleQuoteRequest): Promise<Result<SaleQuote>> {
  const quoted = await callFunction('quote_sale', asked)
  return quoted.ok ? accepted(SaleQuote.parse(quoted.data)) : quoted
}

export interface Sold {
  order_id: string
  number: number
  total_minor: number
  currency: string
}

/** Takes the money and hands over the items, once for each key. */
export async function sellAtCounter(asked: SaleRequest): Promise<Result<Sold>> {
  const sold = await callFunction('sell_at_counter', asked)
  if (!sold.ok) return sold
  const { order_id, number, total_minor, currency } = Order.parse(sold.data)
  return accepted({ order_id, number, total_minor, currency })
}
