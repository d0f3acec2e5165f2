import type { Route } from 'next'
import { StockBadge } from '@/components/stock/stock-badge'
import { Link } from '@/components/ui/link'
import { type InventoryEntry, optionsInWords } from '@/lib/domain/inventory'
import type { ShelfRow } from '@/lib/domain/shelf'

/** What a variant is, and what shoppers read about it right now. */
export function EntryName({ entry, shelf }: { entry: InventoryEntry; shelf: readonly ShelfRow[] }) {
  const options = optionsInWords(entry)
  return (
    <div className="grid grid-cols-[3.5rem_1fr] gap-4">
      <Picture src={entry.picture} />
      <div className="grid content-start gap-0.5">
        <Link
          href={`/staff/variants/${entry.variant_id}` as Route}
          className="underlined font-medium text-body"
        >
          {entry.title}
          {options && <span className="text-soft">, {options}</span>}
        </Link>
        <p className="figures text-fine text-soft">
          {entry.sku}
          {entry.barcode && ` · ${entry.barcode}`}
        </p>
        <p className="text-fine">
          <span className="sr-only">Shoppers read: </span>
          <StockBadge productId={entry.product_id} variantId={entry.variant_id} first={shelf} />
        </p>
      </div>
    </div>
  )
}

/** Decoration: the name stands beside it. */
function Picture({ src }: { src: string | null }) {
  return src ? (
    <img
      src={src}
      alt=""
      width={56}
      height={56}
      loading="lazy"
      className="size-14 rounded-small bg-sunken object-cover"
    />
  ) : (
    <span className="size-14 rounded-small bg-sunken" />
  )
}
