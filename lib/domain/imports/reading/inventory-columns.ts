import type { Format } from './text/columns'

const headings = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['SKU', 'Variant SKU'],
  location: ['Location'],
  expected: ['On hand (current)'],
  counted: ['On hand (new)', 'On hand'],
  position: ['Ledger position (not editable)'],
} as const
export type InventoryKey = keyof typeof headings

const unused = [
  /^(hs code|coo|bin name|incoming|unavailable|committed|available|barcode|variant barcode|option[123] linked to)$/,
  /\(not editable\)$/,
]

/** Shopify's inventory CSV of today, and that of before, which had one column "On hand"; and the column of ours. */
export const inventoryFormat: Format<InventoryKey> = {
  headings,
  required: [['location'], ['counted']],
  unused,
}

/** Its first inventory CSV: a column for each location, headed by the location's name. */
export const wideInventoryFormat: Format<InventoryKey> = { headings, required: [['sku', 'handle']], unused }

/** Whether a heading line is that of an inventory file and not that of a product file. */
export function isInventoryHeading(cells: readonly string[]): boolean {
  const known = cells.map((cell) => cell.trim().toLowerCase())
  return known.includes('location') && known.some((heading) => heading.startsWith('on hand'))
}

/** Columns that only product files have. */
const ofProducts =
  /^(body \(html\)|description|vendor|type|tags|published|status|price|variant (?!sku|barcode).*|image .*|product .*|seo .*|inventory (quantity|tracker))$/

/** Whether it is that of an inventory file with a column for each location, and not with one for all. */
export function isWideInventoryHeading(cells: readonly string[]): boolean {
  if (isInventoryHeading(cells)) return false
  const known = cells.map((cell) => cell.trim().toLowerCase()).filter(Boolean)
  const isKnown = (heading: string) =>
    Object.values(headings).some((all) => all.some((one) => one.toLowerCase() === heading))
  const others = known.filter(
    (heading) => !isKnown(heading) && !unused.some((pattern) => pattern.test(heading)),
  )
  const hasOwn = known.includes('hs code') || known.includes('coo') || known.includes('option1 name')
  return (
    known.includes('sku') && hasOwn && others.length > 0 && !known.some((heading) => ofProducts.test(heading))
  )
}
