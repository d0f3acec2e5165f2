import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { Link } from '@/components/ui/link'
import { type InventoryEntry, optionsInWords } from '@/lib/domain/stock/inventory'
import { variantHeadingWords } from './words'

/** The variant of this page, with a link to its page in the shop. */
export function VariantHeading({ entry }: { entry: InventoryEntry }) {
  const options = optionsInWords(entry)
  const isOnSale = entry.status === 'active' && entry.active
  return (
    <header className="grid gap-2">
      <WayBack href="/staff">{variantHeadingWords.inventory}</WayBack>
      <h1 className="display text-heading">
        {entry.title}
        {options && <span className="text-soft">, {options}</span>}
      </h1>
      <p className="figures flex flex-wrap gap-x-5 text-small text-soft">
        <span>
          {variantHeadingWords.sku} {entry.sku}
        </span>
        {entry.barcode && (
          <span>
            {variantHeadingWords.barcode} {entry.barcode}
          </span>
        )}
        {isOnSale ? (
          <Link href={`/products/${entry.handle}` as Route} className="underlined text-link">
            {variantHeadingWords.viewInShop}
          </Link>
        ) : (
          <span>{variantHeadingWords.notForSale}</span>
        )}
      </p>
    </header>
  )
}
