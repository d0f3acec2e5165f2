import { categorySlug, toSlug } from '@/lib/domain/imports/slug'
import type { StagedAsk, StagedProduct, StagedVariant } from '@/lib/domain/imports/staged-product'
import { type CatalogueKey, type CatalogueRow, isOfVariant } from './catalogue-columns'
import type { PriceStyle } from './cells/price'
import { readBoolean, readStatus } from './cells/words'
import type { ProductRows } from './read-handle'
import { readMedia } from './read-media'
import { readOptionNames } from './read-options'
import { hasVariant, readVariant } from './read-variant'
import { MAX_DESCRIPTION, toSafeHtml } from './safe-html'

/** Another title, status or option makes it another product: which one is meant, the file does not say. */
const decisiveKeys: CatalogueKey[] = [
  ...(['title', 'published', 'status'] as const),
  ...(['option1Name', 'option2Name', 'option3Name'] as const),
]

const describingKeys = ['description', 'vendor', 'productCategory', 'type', 'tags'] as const

/** The product that the rows of one handle describe. */
export function readProduct({ rows, handle, former }: ProductRows, style: PriceStyle): StagedProduct {
  const [first, ...others] = rows
  for (const row of others) checkRow(row, first)
  const optionNames = readOptionNames(first)
  const { variants, asks } = readVariants(rows, { handle, optionNames, style })

  return {
    handle,
    former_handle: former,
    line: first.line,
    title: readTitle(first),
    description_html: first.has('description') ? readDescription(first) : null,
    vendor: first.has('vendor') ? limit(first, 'vendor', 255) : null,
    ...readCategory(first),
    tags: first.has('tags') ? readTags(first) : null,
    option_names: optionNames,
    status: readPublished(first),
    media: readMedia(rows, optionNames ?? []),
    tax_rate_bp: null,
    kept: readKept(rows),
    variants,
    asks: [...asks, ...askAboutTax(rows)],
  }
}

/** A later row must say the same about its product as the first, whose description counts; one that says nothing is left out. */
function checkRow(row: CatalogueRow, first: CatalogueRow) {
  for (const key of describingKeys) {
    const text = row.text(key)
    if (text && text !== first.text(key)) row.fix('product_differs', key, null)
  }
  for (const key of decisiveKeys) {
    const text = row.text(key)
    if (text && text !== first.text(key))
      row.refuse(key, `is not what line ${first.line} says of this handle: make them the same`)
  }
  if (!hasVariant(row) && row.text('imageSrc') === '' && row.kept(() => true).length === 0)
    row.fix('row_without_content', 'handle', null)
}

function readVariants(
  rows: CatalogueRow[],
  context: { handle: string; optionNames: string[] | null; style: PriceStyle },
) {
  const variants: StagedVariant[] = []
  const asks: StagedAsk[] = []
  const lines = new Map<string, number>()
  for (const row of rows.filter(hasVariant)) {
    const read = readVariant(row, { ...context, position: variants.length + 1 })
    if (read.variant.options_given) {
      const options = JSON.stringify(read.variant.option_values)
      const twin = lines.get(options)
      if (twin !== undefined)
        row.refuse('option1Value', `is the same choice as line ${twin} of this product: remove one of them`)
      lines.set(options, row.line)
    }
    variants.push(read.variant)
    asks.push(...read.asks)
  }
  return { variants, asks }
}

function readTitle(row: CatalogueRow): string | null {
  const title = limit(row, 'title', 255)
  if (!title.includes('\n')) return title || null
  const line = title.replaceAll(/\s*\n\s*/g, ' ')
  row.fix('title_one_line', 'title', line)
  return line
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
  const slug = categorySlug(title)
  if (toSlug(title) === '') row.fix('category_address', key, slug)
  return { category_slug: slug, category_title: title }
}

function readTags(row: CatalogueRow): string[] | null {
  const command = row.text('tagsCommand').toLowerCase()
  if (command && command !== 'replace') row.fix('tags_command', 'tagsCommand', null)
  if (command === 'delete') return null
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

/** The cells of a product's rows that its export writes again, by heading. */
function readKept(rows: CatalogueRow[]): Record<string, string[]> {
  const kept: Record<string, string[]> = {}
  for (const [heading, text] of rows.flatMap((row) => row.kept((column) => !isOfVariant(column)))) {
    kept[heading] = [...(kept[heading] ?? []), text]
  }
  return kept
}

/** Without tax, and no rate in the file: the manager has to say what the shop charges. */
function askAboutTax(rows: CatalogueRow[]): StagedAsk[] {
  const said = rows.filter((row) => row.text('taxable') !== '')
  const exempt = said.filter((row) => row.read('taxable', readBoolean) === false)
  const [first] = exempt
  if (!first) return []
  if (exempt.length < said.length) {
    first.fix('tax_by_product', 'taxable', null)
    return []
  }
  const place = {
    line: rows[0]?.line ?? first.line,
    column: first.headingOf('taxable'),
    value: first.text('taxable'),
  }
  return [
    {
      kind: 'tax_exempt',
      subject: 'product',
      ...place,
      choices: { keep: { tax_rate_bp: 0 }, drop: { tax_rate_bp: null } },
    },
  ]
}

function limit(row: CatalogueRow, key: CatalogueKey, length: number): string {
  const text = row.text(key)
  if (text.length > length) row.refuse(key, `is longer than ${length} characters`)
  return text
}
