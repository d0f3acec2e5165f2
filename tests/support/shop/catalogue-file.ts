/** The heading a test needs and no more. */
const HEADING = [
  'Handle',
  'Title',
  'Option1 Name',
  'Option1 Value',
  'Variant SKU',
  'Variant Inventory Qty',
  'Variant Price',
]

export type Line = Partial<Record<string, string>>

/** One product in one variant; each test changes what it is about. */
export const testProduct: Line = {
  Handle: 'mug',
  Title: 'Mug',
  'Variant Inventory Qty': '3',
  'Variant Price': '9.99',
}

/** A CSV file of these lines. Columns a line names beyond the usual are added to the heading. */
export function csv(lines: Line[], heading = HEADING): Uint8Array {
  const columns = [...new Set([...heading, ...lines.flatMap((line) => Object.keys(line))])]
  const rows = lines.map((line) => columns.map((column) => line[column] ?? ''))
  return new TextEncoder().encode(
    [columns, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join(''),
  )
}

/** A cell as Shopify writes it: quoted when it must be. */
export function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
