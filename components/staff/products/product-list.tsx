import { PictureThumb } from '@/components/staff/products/editor/pictures/picture-thumb'
import { Link } from '@/components/ui/link'
import { formatMoney } from '@/lib/domain/core/money'
import type { ProductEntry } from '@/lib/domain/products/product-list'
import type { Category } from '@/lib/domain/stock/place'
import { productListWords, statusWords } from './words'

/** Products by title, each a way to its editor. Renders a `<ul>`. */
export function ProductList({
  entries,
  categories,
}: {
  entries: readonly ProductEntry[]
  categories: readonly Category[]
}) {
  return (
    <ul className="border-line border-b">
      {entries.map((entry) => (
        <li
          key={entry.product_id}
          className="relative grid grid-cols-[2.75rem_1fr_auto] items-center gap-x-4 border-line border-t py-2.5 hover:bg-raised tablet:grid-cols-[2.75rem_3fr_2fr_1.4fr_6rem]"
        >
          <PictureThumb src={entry.picture ?? ''} />
          <span className="min-w-0">
            <Link
              href={`/staff/products/${entry.product_id}`}
              className="font-medium after:absolute after:inset-0 hover:underline"
            >
              {entry.title}
            </Link>
            <span className="block truncate text-fine text-soft tablet:hidden">
              {categoryTitle(entry, categories)}, {variantsIn(entry)}
            </span>
          </span>
          <span className="truncate text-small text-soft max-tablet:hidden">
            {categoryTitle(entry, categories)}
            {entry.limited && productListWords.limited}
          </span>
          <span className="figures text-small max-tablet:text-right">
            {pricesIn(entry)}
            <span className="block text-fine text-soft max-tablet:hidden">{variantsIn(entry)}</span>
            <span
              data-status={entry.status}
              className="block text-fine text-soft data-[status=active]:hidden tablet:hidden"
            >
              {statusWords[entry.status]}
            </span>
          </span>
          <span
            data-status={entry.status}
            className="text-right text-small data-[status=active]:text-in data-[status=archived]:text-soft max-tablet:hidden"
          >
            {statusWords[entry.status]}
          </span>
        </li>
      ))}
    </ul>
  )
}

function categoryTitle({ category }: ProductEntry, categories: readonly Category[]): string {
  return categories.find(({ slug }) => slug === category)?.title ?? category
}

function variantsIn({ variants }: ProductEntry): string {
  return variants === 1 ? '1 variant' : productListWords.variants(variants)
}

/** "€42.00", "€42.00 to €58.00". */
function pricesIn({ lowest_minor, highest_minor, currency }: ProductEntry): string {
  if (lowest_minor === null || highest_minor === null || currency === null) return productListWords.noPrice
  const lowest = formatMoney({ minor: lowest_minor, currency })
  return lowest_minor === highest_minor
    ? lowest
    : productListWords.to(lowest, formatMoney({ minor: highest_minor, currency }))
}
