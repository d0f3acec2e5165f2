import type { Product, Variant } from '@/lib/domain/products/product'
import { productData } from '@/lib/domain/products/product-data'
import type { Stock } from '@/lib/domain/stock/shelf'

/** Structured data for search engines. Renders a `<script>` that holds data and runs nothing. */
export function ProductData(props: { product: Product; variant: Variant; stock: Stock; origin: URL }) {
  const data = productData(props.product, props.variant, props.stock, props.origin)
  // A "<" in a title must not be able to end the script.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with its only dangerous character escaped.
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}
