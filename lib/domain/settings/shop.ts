import { z } from 'zod'
import { usualFormat } from '@/lib/domain/core/shop-format'
import { accents, typefaces } from './look'
import { SearchLanguage } from './search'

/** A time zone or locale that this program can format with; a page never fails for a setting. */
function formats(options: { locale?: string; timeZone?: string }): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(options.locale, { timeZone: options.timeZone }))
  } catch {
    return false
  }
}

export const returnFees = ['free', 'buyer'] as const

/** The identity of the shop and its look: what any page may show. */
export const Shop = z.object({
  name: z.string(),
  line: z.string(),
  description: z.string(),
  email: z.string(),
  phone: z.string(),
  address: z.string(),
  country: z.string(),
  tax_number: z.string(),
  currency: z.string(),
  locale: z
    .string()
    .refine((locale) => formats({ locale }))
    .catch(usualFormat.locale),
  time_zone: z
    .string()
    .refine((timeZone) => formats({ timeZone }))
    .catch(usualFormat.timeZone),
  accent: z.enum(accents).catch('indigo'),
  typeface: z.enum(typefaces).catch('kalnia'),
  hero_title: z.string(),
  hero_text: z.string(),
  hero_picture: z.string(),
  hero_alt: z.string(),
  /** From so many units on a page says how many are left. */
  low_stock_at: z.int(),
  /** Days in which items may be sent back; 0: the shop states no return policy. */
  return_days: z.int(),
  /** The one that pays for it: the shop, or the buyer. */
  return_fees: z.enum(returnFees).catch('buyer'),
})
export type Shop = z.infer<typeof Shop>

/** A shop of which nothing is known: nobody has set it up, or its database cannot be reached. */
export const unnamedShop: Shop = Shop.parse({
  ...{ name: '', line: '', description: '', email: '', phone: '', address: '', country: '', tax_number: '' },
  ...{ currency: 'EUR', locale: usualFormat.locale, time_zone: usualFormat.timeZone },
  ...{ accent: 'indigo', typeface: 'kalnia' },
  ...{ hero_title: '', hero_text: '', hero_picture: '', hero_alt: '', low_stock_at: 0 },
  ...{ return_days: 0, return_fees: 'buyer' },
})

/** The settings as managers edit them. */
export const ShopSettings = Shop.extend({
  tax_rate_bp: z.int(),
  hold_minutes: z.int(),
  search_language: SearchLanguage,
  /** As "sofa, couch; lamp, light". */
  search_synonyms: z.string(),
  /** Whether a product has a price: the currency is fixed then. */
  has_prices: z.boolean(),
  version: z.int(),
})
export type ShopSettings = z.infer<typeof ShopSettings>
