import type { AskChoice, AskKind } from './finding'

/**
 * A product of a file, in the shape public.stage_import takes. NULL means the file does not say: what the catalogue
 * has stays. Prices in minor units of the shop's currency, quantities in units.
 */
export interface StagedProduct {
  handle: string
  /** How the file spells a handle that is no address; it leads to the product. */
  former_handle: string | null
  line: number
  title: string | null
  description_html: string | null
  vendor: string | null
  category_slug: string | null
  category_title: string | null
  tags: string[] | null
  option_names: string[] | null
  status: 'active' | 'draft' | 'archived' | null
  media: StagedPicture[] | null
  /** Basis points; only an answer sets it. */
  tax_rate_bp: number | null
  /** Cells the shop keeps for exports: by heading those of the product's rows, in their order. */
  kept: Record<string, string[]>
  variants: StagedVariant[]
  asks: StagedAsk[]
}

export interface StagedPicture {
  src: string
  alt: string
  /** The options of the variant it shows; null when it shows the product. */
  option_values: string[] | null
}

export interface StagedVariant {
  line: number
  position: number
  sku: string
  sku_given: boolean
  option_values: string[]
  /** False: the file names no options, those of the catalogue stay. */
  options_given: boolean
  price_minor: number | null
  /** 0: no former price. */
  compare_at_minor: number | null
  /** '': no barcode. */
  barcode: string | null
  quantity: number | null
  /** Whether it is on sale, which also takes a product that is. */
  active: boolean | null
  kept: Record<string, string>
}

/** A cell that waits for an answer: what each answer stages in place of what the cell says. */
export interface StagedAsk {
  kind: AskKind
  subject: 'product' | 'variant' | 'level'
  line: number
  column: string
  value: string
  choices: Partial<Record<AskChoice, Record<string, string | number | boolean | null | undefined>>>
}
