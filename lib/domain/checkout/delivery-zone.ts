import { z } from 'zod'
import { readTypedPrice } from '@/lib/domain/imports/reading/cells/price'
import { readPercent } from '@/lib/domain/text/percent'
import { countriesIn } from './countries'

/** A delivery zone, as staff read it. Amounts in minor units. */
export const DeliveryZone = z.object({
  id: z.guid(),
  name: z.string(),
  countries: z.array(z.string()),
  postcodes: z.array(z.string()),
  rates_from_minor: z.array(z.int()),
  rates_minor: z.array(z.int()),
  estimate: z.string().nullable(),
  version: z.int(),
})
export type DeliveryZone = z.infer<typeof DeliveryZone>

/** A zone in a form, with the countries by name or code and the rates as people write prices. */
export const ZoneRequest = z.object({
  zone_id: z.guid().exactOptional(),
  expected_version: z.coerce.number().int().exactOptional(),
  zone: z.object({
    name: z.string().trim().min(1).max(80),
    countries: z.array(z.string().length(2)).min(1),
    postcodes: z.array(z.string().regex(/^[A-Z0-9]{1,10}\*?$/)).max(500),
    rates: z
      .array(z.object({ from_minor: z.int(), minor: z.int() }))
      .min(1)
      .max(20),
    estimate: z.string().trim().max(80),
  }),
  idempotency_key: z.guid(),
})
export type ZoneRequest = z.infer<typeof ZoneRequest>

export const ZoneRemoval = z.object({
  zone_id: z.guid(),
  expected_version: z.coerce.number().int(),
  idempotency_key: z.guid(),
})

/** How deliveries are taxed: as the goods, or at a percentage such as 19 or 7.5. */
export const DeliveryTax = z.object({
  tax_rate_bp: z.int().min(0).max(10_000).exactOptional(),
  idempotency_key: z.guid(),
})

/** The candidate for `ZoneRequest`. A text that cannot be read stays as it is and is named by the schema. */
export function zoneFields(form: FormData): unknown {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const currency = text('currency')
  const minor = (value: string) => {
    const read = readTypedPrice(value, currency)
    return read.ok ? read.data : value
  }
  const from = form.getAll('rate_from').map(String)
  const rates = form
    .getAll('rate')
    .map((price, line) => ({ price: String(price).trim(), from: from[line]?.trim() ?? '' }))
    .filter(({ price }) => price !== '')
    .map(({ price, from: least }) => ({ from_minor: least === '' ? 0 : minor(least), minor: minor(price) }))
  return {
    ...(form.get('zone_id') && { zone_id: text('zone_id'), expected_version: text('expected_version') }),
    idempotency_key: text('idempotency_key'),
    zone: {
      name: text('name'),
      countries: countriesIn(text('countries')),
      postcodes: text('postcodes')
        .split(/[,;\n]/)
        .map((code) => code.toUpperCase().replaceAll(/[\s.-]/g, ''))
        .filter(Boolean),
      rates,
      estimate: text('estimate'),
    },
  }
}

/** The candidate for `DeliveryTax`. */
export function deliveryTaxFields(form: FormData): unknown {
  const percentage = String(form.get('percentage') ?? '').trim()
  const isOwn = form.get('tax') === 'rate'
  return {
    ...(isOwn && { tax_rate_bp: readPercent(percentage) ?? percentage }),
    idempotency_key: form.get('idempotency_key'),
  }
}
