import type { Location } from '@/lib/domain/stock/place'
import { type ExportedLevel, type ExportedProduct, optionCells } from './product'

/**
 * The heading of Shopify's inventory CSV, and one column of our own: the ledger position at which the numbers were true.
 * People write into On hand (new); the rest says what they saw when they did.
 */
export const inventoryHeading = [
  ...['Handle', 'Title'],
  ...['Option1 Name', 'Option1 Value', 'Option2 Name', 'Option2 Value', 'Option3 Name', 'Option3 Value'],
  ...[
    'SKU',
    'Location',
    'Unavailable (not editable)',
    'Committed (not editable)',
    'Available (not editable)',
  ],
  ...['On hand (current)', 'On hand (new)', 'Ledger position (not editable)'],
]

/** Where nothing ever was there is no level: zero of everything. */
const nothing = { on_hand: 0, held: 0, committed: 0, safety: 0, available: 0, ledger_position: 0 }

/** A product as the rows of an inventory CSV: one for each variant and location, on sale or not. */
export function inventoryRecords(product: ExportedProduct, locations: readonly Location[]): string[][] {
  return product.variants.flatMap((variant) =>
    locations.map(({ id, name }) => [
      product.handle,
      product.title,
      ...optionCells(product.option_names, variant.option_values),
      variant.sku,
      name,
      ...unitCells(variant.stock_levels.find(({ location_id }) => location_id === id) ?? nothing),
    ]),
  )
}

/** From Unavailable to Ledger position. Cart holds and safety stock are unavailable in Shopify's terms. */
function unitCells({
  on_hand,
  held,
  committed,
  safety,
  available,
  ledger_position,
}: typeof nothing | ExportedLevel) {
  const cells = [held + safety, committed, available, on_hand, '', ledger_position]
  return cells.map(String)
}
