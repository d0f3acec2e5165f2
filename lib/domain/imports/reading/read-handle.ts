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

type RowGroups = Map<string, [CatalogueRow, ...CatalogueRow[]]>

const MAX_HANDLE = 255

/** The rows of each product in the order of the file; they may be apart. */
export function groupByHandle(rows: CatalogueRow[]): ProductRows[] {
  const groups: RowGroups = new Map()
  for (const row of rows) {
    const name = nameOf(row)
    if (name === null) continue
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return addressed(wanted(groups))
}

/** Commands of Matrixify under which a row says nothing about how its product is to be. */
const leftOut = /^(delete|ignore)$/i

/** The groups without rows that ask for a deletion: the shop archives, because its ledger names what was sold. */
function wanted(groups: RowGroups): RowGroups {
  const kept: RowGroups = new Map()
  for (const [name, rows] of groups) {
    const deleted = rows.find((row) => leftOut.test(row.text('command')))
    deleted?.fix('deletion_left_out', 'command', null)
    const [first, ...others] = deleted ? [] : rows.filter(isWanted)
    if (first) kept.set(name, [first, ...others])
  }
  return kept
}

function isWanted(row: CatalogueRow): boolean {
  if (!leftOut.test(row.text('variantCommand'))) return true
  row.fix('deletion_left_out', 'variantCommand', null)
  return false
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
function addressed(groups: RowGroups): ProductRows[] {
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
