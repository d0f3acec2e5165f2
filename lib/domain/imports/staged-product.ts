/**
 * A product of a file, in the shape public.stage_import takes. NULL means the file does not say: what the catalogue
 * has stays. Prices in minor units of the shop's currency, quantities in units.
 */
export interface StagedProduct {
  handle: string
  line: number
  title: string
  description_html: string | null
  vendor: string | null
  category_slug: string | null
  category_title: string | null
  tags: string[] | null
  option_names: string[]
  status: 'active' | 'draft' | 'archived' | null
  media: StagedPicture[] | null
  variants: StagedVariant[]
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
  price_minor: number
  /** 0: no former price. */
  compare_at_minor: number | null
  /** '': no barcode. */
  barcode: string | null
  quantity: number | null
  /** Whether it is on sale, which also takes a product that is. */
  active: boolean | null
}
