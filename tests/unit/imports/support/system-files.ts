import { toSlug } from '@/lib/domain/imports/slug'

export type Catalogue = {
  title: string
  variants: { option: string; sku: string; barcode: string; price: number; quantity: number }[]
}[]

export const systems = ['Shopify, classic', 'Shopify, 2025', 'Matrixify', 'WooCommerce', 'Square'] as const
export type System = (typeof systems)[number]

export const encodings = ['utf-8', 'utf-8 with a mark', 'utf-16', 'windows-1252'] as const

export interface Locale {
  delimiter: string
  decimal: string
  newline: string
  encoding: (typeof encodings)[number]
  hasSepLine: boolean
}

/** A cell before it is damaged. */
export interface WrittenCell {
  kind: 'handle' | 'title' | 'option' | 'sku' | 'barcode' | 'price' | 'quantity' | 'other'
  text: string
}

type Cells = Record<string, WrittenCell>
const other = (text: string): WrittenCell => ({ kind: 'other', text })

/** The bytes of a catalogue as a system writes it in a locale. Each cell goes through `change`. */
export function writtenFile(
  catalogue: Catalogue,
  system: System,
  { delimiter, decimal, newline, encoding, hasSepLine }: Locale,
  change: (cell: WrittenCell) => string,
): Uint8Array {
  const lines = writers[system](catalogue, (minor) => (minor / 100).toFixed(2).replace('.', decimal))
  const headings = [...new Set(lines.flatMap(Object.keys))]
  const quoted = (text: string) => (/["\n\r,;\t|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = [
    headings,
    ...lines.map((cells) => headings.map((heading) => change(cells[heading] ?? other('')))),
  ]
  const text = rows.map((cells) => cells.map(quoted).join(delimiter)).join(newline)
  return encoded(`${hasSepLine ? `sep=${delimiter}${newline}` : ''}${text}${newline}`, encoding)
}

function encoded(text: string, encoding: Locale['encoding']): Uint8Array {
  if (encoding === 'utf-16') return Buffer.from(`\uFEFF${text}`, 'utf16le')
  if (encoding === 'windows-1252')
    return Buffer.from(text.replaceAll('\u200B', '').replaceAll('€', ''), 'latin1')
  return Buffer.from(encoding === 'utf-8' ? text : `\uFEFF${text}`, 'utf8')
}

type Money = (minor: number) => string
type Writer = (catalogue: Catalogue, money: Money) => Cells[]

/** Shopify's forms differ in their headings alone. */
const shopify =
  (names: Record<string, string>, always: Cells = {}): Writer =>
  (catalogue, money) =>
    catalogue.flatMap(({ title, variants }) =>
      variants.map(({ option, sku, barcode, price, quantity }, index) => {
        const cells: Cells = {
          Handle: { kind: 'handle', text: toSlug(title) },
          Title: { kind: 'title', text: index === 0 ? title : '' },
          'Option1 Name': other(index === 0 ? 'Size' : ''),
          'Option1 Value': { kind: 'option', text: option },
          'Variant SKU': { kind: 'sku', text: sku },
          'Variant Barcode': { kind: 'barcode', text: barcode },
          'Variant Price': { kind: 'price', text: money(price) },
          'Variant Inventory Qty': { kind: 'quantity', text: String(quantity) },
        }
        return {
          ...Object.fromEntries(Object.entries(cells).map(([name, cell]) => [names[name] ?? name, cell])),
          ...always,
        }
      }),
    )

const wooCommerce: Writer = (catalogue, money) =>
  catalogue.flatMap(({ title, variants }, index) => {
    const row = (cells: Cells): Cells => ({
      ID: other(''),
      Type: other('variation'),
      SKU: other(''),
      'GTIN, UPC, EAN, or ISBN': other(''),
      Name: { kind: 'title', text: title },
      Published: other('1'),
      Stock: other(''),
      'Regular price': other(''),
      Parent: other(''),
      'Attribute 1 name': other('Size'),
      'Attribute 1 value(s)': other(''),
      ...cells,
    })
    const parent = row({ ID: other(String(1000 + index)), Type: other('variable') })
    return [
      parent,
      ...variants.map(({ option, sku, barcode, price, quantity }) =>
        row({
          SKU: { kind: 'sku', text: sku },
          'GTIN, UPC, EAN, or ISBN': { kind: 'barcode', text: barcode },
          Name: other(`${title} - ${option}`),
          Stock: { kind: 'quantity', text: String(quantity) },
          'Regular price': { kind: 'price', text: money(price) },
          Parent: other(`id:${1000 + index}`),
          'Attribute 1 value(s)': { kind: 'option', text: option },
        }),
      ),
    ]
  })

const square: Writer = (catalogue, money) =>
  catalogue.flatMap(({ title, variants }) =>
    variants.map(({ option, sku, barcode, price, quantity }) => ({
      Token: other('A1B2'),
      'Item Name': other(title),
      'Variation Name': { kind: 'option', text: option },
      SKU: { kind: 'sku', text: sku },
      GTIN: { kind: 'barcode', text: barcode },
      Price: { kind: 'price', text: money(price) },
      'Current Quantity The Shop': { kind: 'quantity', text: String(quantity) },
    })),
  )

const writers: Record<System, Writer> = {
  'Shopify, classic': shopify({}),
  'Shopify, 2025': shopify({
    Handle: 'URL handle',
    'Option1 Name': 'Option1 name',
    'Option1 Value': 'Option1 value',
    'Variant SKU': 'SKU',
    'Variant Barcode': 'Barcode',
    'Variant Price': 'Price',
    'Variant Inventory Qty': 'Inventory quantity',
  }),
  Matrixify: shopify({}, { Command: other('MERGE'), 'Variant Command': other('MERGE') }),
  WooCommerce: wooCommerce,
  Square: square,
}
