import { shortHash, toSlug } from '@/lib/domain/imports/slug'
import type { CatalogueRow } from './catalogue-columns'
import { visible } from './cells/cell'
import { isHandle } from './cells/handle'

/** The rows of one product, and its address. former: how the file spells it, where that is no address. */
export interface ProductRows {
  rows: [CatalogueRow, ...CatalogueRow[]]
  handle: string
  former: string | null
}

const MAX_HANDLE = 255

/** The rows of each product in the order of the file; they may be apart. */
export function groupByHandle(rows: CatalogueRow[]): ProductRows[] {
  const groups = new Map<string, [CatalogueRow, ...CatalogueRow[]]>()
  for (const row of rows) {
    const name = nameOf(row)
    if (name === null) continue
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return addressed(groups)
}

/** The name that the rows of a product share: the handle, else one made from title or SKU. */
function nameOf(row: CatalogueRow): string | null {
  const given = visible(row.text('handle')).normalize('NFC')
  if (given.length > MAX_HANDLE) row.refuse('handle', `is longer than ${MAX_HANDLE} characters`)
  if (given !== '') return given
  const made = toSlug(row.text('title')) || toSlug(row.text('sku'))
  if (made === '') row.refuse('handle', 'is missing: every line says which product it is about')
  else row.fix('handle_made', 'handle', made)
  return made || null
}

/** An address for each name. Those that are addresses already come first, so that no other takes theirs. */
function addressed(groups: Map<string, [CatalogueRow, ...CatalogueRow[]]>): ProductRows[] {
  const taken = new Set([...groups.keys()].filter(isHandle))
  return [...groups].map(([name, rows]) => {
    if (isHandle(name)) return { rows, handle: name, former: null }
    const [first] = rows
    const slug = (
      toSlug(name) ||
      toSlug(first.text('title')) ||
      toSlug(first.text('sku')) ||
      'product'
    ).slice(0, 240)
    const handle = taken.has(slug) || slug === 'product' ? `${slug}-${shortHash(name)}` : slug
    taken.add(handle)
    first.fix('handle_changed', 'handle', handle)
    return { rows, handle, former: name }
  })
}
