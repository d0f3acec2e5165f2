import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { readBarcode } from '@/lib/domain/imports/reading/cells/code'
import { readHandle } from '@/lib/domain/imports/reading/cells/handle'
import { readPicture } from '@/lib/domain/imports/reading/cells/picture'
import { readTypedPrice } from '@/lib/domain/imports/reading/cells/price'
import { MAX_DESCRIPTION, toSafeHtml } from '@/lib/domain/imports/reading/safe-html'
import { descriptionHtml } from './description'
import { picturesOf } from './media-text'
import { optionProblems, optionsIn } from './options'
import { type ProductSheet, productStatuses, type SheetPicture, type SheetVariant } from './sheet'
import { fieldOf, type ProductField, productFields, textsOf, type VariantField, variantFields } from './texts'
import type { Texts } from './three-way'

type Values<Field extends string> = Partial<Record<Field, unknown>>

/** The changes of a save: the new values of changed fields, in the shape public.save_product takes. */
export type ProductChanges = Values<ProductField> & {
  variants?: Record<string, Values<VariantField> & { price_minor?: number }>
}

/** A problem of a field, by its name in the form; continues the field's label: "Price is below zero". */
export type FieldProblems = Readonly<Record<string, string>>

type Read = Result<unknown, string>

/**
 * The changes of an edit, or its problems. Reads only texts that differ from those of `base`, so that values older than
 * today's rules do not block a save.
 */
export function changesIn(base: ProductSheet, texts: Texts): Result<ProductChanges, FieldProblems> {
  const before = textsOf(base)
  const problems: Record<string, string> = {}
  function changed(name: string, was: unknown, read: (text: string) => Read): [unknown] | [] {
    const text = texts[name]
    if (text === undefined || text === before[name]) return []
    const value = read(text.trim())
    if (!value.ok) problems[name] = value.error
    return value.ok && JSON.stringify(value.data) !== JSON.stringify(was) ? [value.data] : []
  }

  const product = productFields.flatMap((field) =>
    changed(field, base[field], productReaders[field]).map((value) => [field, value] as const),
  )
  const variants = base.variants.flatMap((variant) => {
    const fields = variantFields.flatMap((field) =>
      changed(fieldOf(variant.id, field), variant[field], (text) => variantReaders[field](text, variant)).map(
        (value) => [field, value] as const,
      ),
    )
    return fields.length > 0 ? [[variant.id, Object.fromEntries(fields)] as const] : []
  })
  Object.assign(problems, optionProblems(base, texts))
  if (Object.keys(problems).length > 0) return refused(problems)
  return accepted({
    ...Object.fromEntries(product),
    ...(variants.length > 0 && { variants: Object.fromEntries(variants) }),
  })
}

const productReaders: Record<ProductField, (text: string) => Read> = {
  title: (text) => (text === '' ? refused('is missing') : upTo(255, text)),
  description_html: (text) => {
    const html = upTo(MAX_DESCRIPTION, text)
    return html.ok ? accepted(toSafeHtml(descriptionHtml(html.data))) : html
  },
  media: readPictures,
  option_names: (text) => accepted(optionsIn(text)),
  status: (text) => (isStatus(text) ? accepted(text) : refused('is none of draft, active and archived')),
  category: (text) => (text === '' ? refused('is missing') : accepted(text)),
  vendor: (text) => upTo(255, text),
  tags: readTags,
  limited: (text) => accepted(text === 'on'),
  tax_rate_bp: readTaxRate,
  handle: (text) => (text === '' ? refused('is missing') : readHandle(text)),
}

const variantReaders: Record<VariantField, (text: string, variant: SheetVariant) => Read> = {
  option_values: (text) => accepted(optionsIn(text)),
  price_minor: (text, { currency }) => readTypedPrice(text, currency),
  compare_at_minor: (text, { currency }) => (text === '' ? accepted(null) : readTypedPrice(text, currency)),
  barcode: (text) => (text === '' ? accepted(null) : readBarcode(text)),
  limit_per_person: readLimit,
  active: (text) => accepted(text === 'on'),
}

const isStatus = (text: string): text is ProductSheet['status'] =>
  productStatuses.some((status) => status === text)

function upTo(length: number, text: string): Result<string, string> {
  return text.length > length ? refused(`is longer than ${length} characters`) : accepted(text)
}

function readTags(text: string): Read {
  const tags = [...new Set(text.split(',').flatMap((tag) => tag.trim() || []))]
  return tags.some((tag) => tag.length > 120) ? refused('has one longer than 120 characters') : accepted(tags)
}

/** A percentage like 19 or 7.5 in basis points. */
function readTaxRate(text: string): Read {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  const basisPoints = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return basisPoints <= 10_000 ? accepted(basisPoints) : refused('is not a percentage: write 19 or 7.5')
}

function readLimit(text: string): Read {
  if (text === '') return accepted(null)
  return /^[1-9]\d?$/.test(text)
    ? accepted(Number(text))
    : refused('is not 1 to 99 units: leave it empty for no limit')
}

const mostPictures = 50

function readPictures(text: string): Read {
  const pictures = picturesOf(text)
  const problem = pictures.map(pictureProblem).find(Boolean)
  if (problem) return refused(problem)
  return pictures.length > mostPictures ? refused(`are more than ${mostPictures}`) : accepted(pictures)
}

function pictureProblem({ src, alt }: SheetPicture, index: number): string | undefined {
  const address = readPicture(src)
  if (!address.ok) return `have one, number ${index + 1}, whose address ${address.error}`
  return alt.length > 512 ? `have one, number ${index + 1}, described in more than 512 characters` : undefined
}
