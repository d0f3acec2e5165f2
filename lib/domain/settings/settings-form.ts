import { z } from 'zod'
import { readPercent } from '@/lib/domain/text/percent'
import { line, PictureAddress, text } from './fields'
import { accents, typefaces } from './look'
import { SearchLanguage, Synonyms } from './search'
import { returnFees } from './shop'

const paragraph = (longest: number) => text(longest).transform((words) => words.replaceAll(/\s+/g, ' '))
const whole = (lowest: number, highest: number) => z.coerce.number().int().min(lowest).max(highest)

/** The settings that a form may change; each page of Settings sends its own. The bounds are those of SQL. */
const fields = {
  name: text(80).min(1),
  line: text(160),
  description: paragraph(400),
  email: z.union([z.literal(''), z.email().max(254)]),
  phone: text(40).regex(/^[-+0-9 ()./]*$/),
  address: line(300),
  country: z.string().regex(/^([A-Z]{2})?$/),
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/),
  time_zone: text(60).min(3),
  tax_number: text(40),
  tax_rate: z.string().transform(readPercent).pipe(z.int().max(10_000)),
  accent: z.enum(accents),
  typeface: z.enum(typefaces),
  hero_title: text(80),
  hero_text: paragraph(400),
  hero_picture: PictureAddress,
  hero_alt: text(200),
  low_stock_at: whole(0, 1000),
  hold_minutes: whole(1, 120),
  return_days: whole(0, 365),
  return_fees: z.enum(returnFees),
  search_language: SearchLanguage,
  search_synonyms: Synonyms,
}

export const SettingsChange = z
  .object(fields)
  .partial()
  .extend({ expected: z.coerce.number().int(), idempotency_key: z.guid() })
  .transform(({ expected, idempotency_key, tax_rate, ...changes }) => ({
    changes: { ...changes, ...(tax_rate !== undefined && { tax_rate_bp: tax_rate }) },
    expected,
    idempotency_key,
  }))
export type SettingsChange = z.infer<typeof SettingsChange>
