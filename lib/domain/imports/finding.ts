import type { ImportProblem } from './problem'

/**
 * The decisions about cells that are not as the shop needs them: `fixes` are made and told, `asks` wait for an answer.
 * Everything else is refused with a reason (problem.ts).
 */
export const fixes = {
  encoded_twice: 'The file was encoded as UTF-8 twice and was read as it was before. Check its accents',
  guessed_encoding: 'The file does not say its encoding and was read as Windows-1252. Check its accents',
  unknown_columns: 'Columns that the shop does not know were left out',
  row_cut_short: 'Rows that end early, as a spreadsheet saves them, were read with blank cells',
  row_without_content: 'Rows that say nothing about their product were left out',
  row_left_out: 'Rows of products that the shop cannot sell alone, or without their product, were left out',
  deletion_left_out:
    'Rows that ask to delete or to skip were left out; archive the product in the shop instead',
  options_joined: 'Options beyond the third were joined with it',
  handle_changed: 'Handles now have only a–z, 0–9 and hyphens; the old address leads to the product',
  handle_made: 'Rows without a handle got one from their title or SKU',
  product_differs: 'Lines that say something else of their product than its first line; the first counts',
  tags_command:
    'Tags replace those of the product; where the file asks to remove tags, they stay as they are',
  title_one_line: 'Titles were written on one line',
  category_address: 'Categories in other scripts got an address of their own',
  not_public: 'Products with the status "unlisted" were read as drafts',
  apostrophe_removed: 'The apostrophe a spreadsheet writes before a code was removed',
  invisible_removed: 'Invisible characters were removed',
  code_cleaned: 'Codes lost the spaces or signs around their digits',
  no_barcode: 'Words in place of a barcode were read as no barcode',
  sku_too_long: 'SKUs of more than 120 characters were replaced by one made from the handle and the options',
  sku_derived: 'A SKU that another variant has was made unique',
  sku_twins: 'SKUs that differ only in upper and lower case; a scan finds both',
  stock_below_zero: 'Stock below zero became 0',
  quantity_rewritten: 'Quantities were read as whole units',
  not_stocked: 'Variants that are not stocked at a location were left out there',
  price_rewritten: 'Prices were read from their local spelling',
  compare_at_dropped: 'Former prices below zero were read as none',
  not_counted:
    'Variants that are sold without counting have no units here until they are counted or received',
  sells_on: 'Selling on when none is left is not taken over; at zero they are sold out',
  tax_by_product: 'Variants of one product differ in tax; the product stays taxed',
  picture_escaped: 'Spaces in addresses of pictures were escaped',
} as const
export type FixKind = keyof typeof fixes

/** A cell that was read in another way than it is written. became: how; '' where it was left out. */
export interface Fix {
  kind: FixKind
  line: number | null
  column: string
  value: string
  became: string | null
}

export const askChoices = ['keep', 'repair', 'drop'] as const
export type AskChoice = (typeof askChoices)[number]

/** Each question with its answers in words. Not every one can be repaired. */
export const asks = {
  rounded_code: {
    question: 'Codes that a spreadsheet has rounded; their digits are lost',
    words: { keep: 'Take them as written', drop: 'Leave them out' },
  },
  date_code: {
    question: 'Codes or options that look like a date, as a spreadsheet makes of them',
    words: { keep: 'Take them as written', drop: 'Leave them out' },
  },
  lost_zeros: {
    question: 'Codes that seem to have lost the zeros at their beginning',
    words: { keep: 'Take them as written', repair: 'Put the zeros back', drop: 'Leave them out' },
  },
  large_quantity: {
    question: 'Quantities of 10,000 and more',
    words: { keep: 'Take them as written', drop: 'Leave the stock as it is' },
  },
  price_is_code: {
    question: 'Prices that are also a code, as a scan into the wrong cell leaves them',
    words: { keep: 'Take them as prices', drop: 'Leave the price as it is' },
  },
  tax_exempt: {
    question: 'Products without tax, and the file names no rate',
    words: { keep: 'Sell them without tax (0 %)', drop: 'Keep the tax of the shop' },
  },
  shared_barcode: {
    question: 'One barcode on several variants; a scan cannot tell them apart',
    words: { keep: 'Keep it on all of them', drop: 'Keep it on the first only' },
  },
} as const satisfies Record<string, { question: string; words: Partial<Record<AskChoice, string>> }>
export type AskKind = keyof typeof asks

/** Every fix of one kind in one sentence with its count and first examples. */
export function fixSentences(found: readonly Fix[]): string[] {
  const byKind = new Map<FixKind, Fix[]>()
  for (const fix of found) {
    const alike = byKind.get(fix.kind)
    if (alike) alike.push(fix)
    else byKind.set(fix.kind, [fix])
  }
  return [...byKind].map(
    ([kind, all]) => `${fixes[kind]} (${counted(all)}): ${exampleText(all, shown[kind] ?? EXAMPLES)}`,
  )
}

const EXAMPLES = 3
/** More examples where each one is a column of the file, which may hold what a shop needs. */
const shown: Partial<Record<FixKind, number>> = { unknown_columns: 30 }

function counted({ length }: readonly unknown[]): string {
  return length === 1 ? 'once' : `${length} times`
}

function exampleText(all: readonly Fix[], most: number): string {
  const examples = all.slice(0, most).map(placeText).join('; ')
  return all.length > most ? `${examples}; …` : `${examples}.`
}

function short(text: string): string {
  const line = text.replaceAll('\n', ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

function placeText({ line, column, value, became }: Fix): string {
  const place = [line === null ? '' : `line ${line}`, column, value && `"${short(value)}"`]
    .filter(Boolean)
    .join(' ')
  const change =
    became === null || became === value ? '' : ` → ${became === '' ? 'none' : `"${short(became)}"`}`
  return `${place}${change}`
}

/** The findings of a reader: cells it read in another way, and those it cannot read. */
export interface Report {
  fixed: Fix[]
  problems: ImportProblem[]
}
