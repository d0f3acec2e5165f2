import { toSlug } from '@/lib/domain/imports/slug'
import type { StagedProduct, StagedVariant } from '@/lib/domain/imports/staged-product'
import type { CatalogueKey, CatalogueRow } from './catalogue-columns'
import { readBoolean, readHandle, readStatus } from './cells'
import { readMedia } from './read-media'
import { readOptionNames } from './read-options'
import { hasVariant, readVariant } from './read-variant'
import { MAX_DESCRIPTION, toSafeHtml } from './safe-html'

const productKeys: CatalogueKey[] = [
  ...(['title', 'description', 'vendor', 'productCategory', 'type', 'tags', 'published', 'status'] as const),
  ...(['option1Name', 'option2Name', 'option3Name'] as const),
]

/** The product that the rows of one handle describe, and the lines of variants its old shop oversold. */
export function readProduct(
  first: CatalogueRow,
  others: CatalogueRow[],
  currency: string,
): { product: StagedProduct; sellsOn: number[] } {
  const rows = [first, ...others]
  for (const row of others) checkRow(row, first)
  const optionNames = readOptionNames(first)
  const handle = first.read('handle', readHandle) ?? ''
  const { variants, sellsOn } = readVariants(rows, { handle, optionNames, currency })

  const product: StagedProduct = {
    handle,
    line: first.line,
    title: readTitle(first),
    description_html: first.has('description') ? readDescription(first) : null,
    vendor: first.has('vendor') ? limit(first, 'vendor', 255) : null,
    ...readCategory(first),
    tags: first.has('tags') ? readTags(first) : null,
    option_names: optionNames,
    status: readPublished(first),
    media: readMedia(rows, optionNames),
    variants,
  }
  return { product, sellsOn }
}

/** A later row's product fields must equal those of the first row, and at least one must be present. */
function checkRow(row: CatalogueRow, first: CatalogueRow) {
  for (const key of productKeys) {
    const text = row.text(key)
    if (text && text !== first.text(key))
      row.refuse(key, `is not what line ${first.line} says of this handle`)
  }
  if (!hasVariant(row) && row.text('imageSrc') === '') {
    row.refuse('option1Value', 'and everything else of a variant is blank, and there is no picture either')
  }
}

function readVariants(
  rows: CatalogueRow[],
  context: { handle: string; optionNames: string[]; currency: string },
) {
  const variants: StagedVariant[] = []
  const sellsOn: number[] = []
  const lines = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    // The first row is a variant even when all of it is blank: there is no product without one.
    if (index > 0 && !hasVariant(row)) continue
    const read = readVariant(row, { ...context, position: variants.length + 1 })
    const options = JSON.stringify(read.variant.option_values)
    const twin = lines.get(options)
    if (twin !== undefined) row.refuse('option1Value', `is the same choice as line ${twin} of this product`)
    lines.set(options, row.line)
    variants.push(read.variant)
    if (read.sellsOn) sellsOn.push(row.line)
  }
  return { variants, sellsOn }
}

function readTitle(row: CatalogueRow): string {
  if (row.text('title') === '')
    row.refuse('title', 'is missing: the first line of a handle names the product')
  return limit(row, 'title', 255)
}

function readDescription(row: CatalogueRow): string {
  return toSafeHtml(limit(row, 'description', MAX_DESCRIPTION))
}

/** Type, else the last step of Product Category ("Home > Decor > Vases"). */
function readCategory(row: CatalogueRow): { category_slug: string | null; category_title: string | null } {
  const key = row.text('type') ? 'type' : 'productCategory'
  const title = row.text(key).split('>').at(-1)?.trim() ?? ''
  if (title === '') return { category_slug: null, category_title: null }
  if (title.length > 120) row.refuse(key, 'is longer than 120 characters')
  const slug = toSlug(title)
  if (slug === '') row.refuse(key, 'has no letter or digit of a-z, 0-9 to make an address from')
  return { category_slug: slug, category_title: title }
}

function readTags(row: CatalogueRow): string[] {
  const tags = limit(row, 'tags', 5000).split(',')
  return [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))]
}

/** On sale only when neither column says otherwise; null when neither says anything. */
function readPublished(row: CatalogueRow): StagedProduct['status'] {
  const status = row.read('status', readStatus)
  const published = row.read('published', readBoolean)
  if (status && status !== 'active') return status
  if (published === false) return 'draft'
  return status === 'active' || published ? 'active' : null
}

function limit(row: CatalogueRow, key: CatalogueKey, length: number): string {
  const text = row.text(key)
  if (text.length > length) row.refuse(key, `is longer than ${length} characters`)
  return text
}
