import 'server-only'
import { z } from 'zod'
import { TaxRate } from '@/lib/domain/checkout/tax-rate'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The tax rates by country and category, and the rate of new products. Those of every country come last. */
export async function readTaxRates(): Promise<{ rates: TaxRate[]; usualBp: number | null }> {
  const client = await sessionClient()
  const [rates, settings] = await Promise.all([
    client
      .from('tax_rates')
      .select('id, country, category, rate_bp')
      .order('country')
      .order('category')
      .limit(1000),
    client.from('shop_settings').select('tax_rate_bp').limit(1),
  ])
  return {
    rates: z.array(TaxRate).parse(rowsOrThrow('tax_rates', rates)),
    usualBp: rowsOrThrow('shop_settings', settings)[0]?.tax_rate_bp ?? null,
  }
}
