import { Link } from '@/components/ui/link'
import { optionValues, type Product, type Variant, variantWith } from '@/lib/domain/products/product'
import { swatchOf } from '@/lib/domain/products/swatch'

/** The dot of colour beside a value that names one. */
function Swatch({ value }: { value: string }) {
  const colour = swatchOf(value)
  if (!colour) return null
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className="shrink-0">
      <circle cx="8" cy="8" r="7.5" fill={colour} stroke="currentColor" strokeOpacity=".35" />
    </svg>
  )
}

/**
 * Every option of a product with its values as links to the variant they lead to: choosing works without JavaScript,
 * and every choice has an address. Renders a `<fieldset>`-like group for each option, nothing for a single variant.
 */
export function VariantChoice({ product, chosen }: { product: Product; chosen: Variant }) {
  return product.optionNames.map((name, index) => (
    <div key={name} className="mt-6">
      <h2 id={`option-${index}`} className="font-medium text-small">
        {name}: <span className="text-soft">{chosen.optionValues[index]}</span>
      </h2>
      <ul aria-labelledby={`option-${index}`} className="mt-2 flex flex-wrap gap-2">
        {optionValues(product, index).map((value) => {
          const target = variantWith(product, chosen, index, value) ?? chosen
          const isChosen = value === chosen.optionValues[index]
          return (
            <li key={value}>
              <Link
                href={`/products/${product.handle}?variant=${encodeURIComponent(target.sku)}`}
                replace
                scroll={false}
                aria-current={isChosen ? 'true' : undefined}
                className="flex min-h-11 items-center gap-2 rounded-small border border-field px-3.5 py-1.5 text-small hover:bg-raised aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:text-paper"
              >
                <Swatch value={value} />
                {value}
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  ))
}
