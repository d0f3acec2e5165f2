import { SoldOutMark } from '@/components/stock/sold-out-mark'
import { Button } from '@/components/ui/actions/button'
import { Select } from '@/components/ui/forms/controls'
import { Link } from '@/components/ui/link'
import { Text } from '@/components/ui/text/text'
import { optionValues, type Product, type Variant, variantWith } from '@/lib/domain/products/product'
import { swatchOf } from '@/lib/domain/products/swatch'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { variantChoiceWords } from './words'

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

/** An option with more values than this is a list to choose from, not a row of links. */
const mostLinks = 24

/**
 * Every option of a product with its values as links to the variant they lead to, or as a list where they are many:
 * choosing works without JavaScript, and every choice has an address. Renders a group for each option, nothing for a
 * single variant.
 *
 * @param shelf the product's shelf, for what is sold out; null where it is not known or the product has too many variants.
 */
export function VariantChoice({
  product,
  chosen,
  shelf,
}: {
  product: Product
  chosen: Variant
  shelf: readonly ShelfRow[] | null
}) {
  return product.optionNames.map((name, index) => {
    const values = optionValues(product, index)
    return (
      <div key={name} className="mt-6">
        <h2 id={`option-${index}`} className="font-medium text-small">
          {`${name}: `}
          <Text as="span" tone="soft">
            {chosen.optionValues[index]}
          </Text>
        </h2>
        {values.length > mostLinks ? (
          <ValueList product={product} chosen={chosen} index={index} values={values} />
        ) : (
          <ul aria-labelledby={`option-${index}`} className="mt-2 flex flex-wrap gap-2">
            {values.map((value) => (
              <li key={value}>
                <ValueLink product={product} chosen={chosen} index={index} value={value} shelf={shelf} />
              </li>
            ))}
          </ul>
        )}
      </div>
    )
  })
}

interface Value {
  product: Product
  chosen: Variant
  index: number
}

function ValueLink({
  product,
  chosen,
  index,
  value,
  shelf,
}: Value & { value: string; shelf: readonly ShelfRow[] | null }) {
  const target = variantWith(product, chosen, index, value) ?? chosen
  return (
    <Link
      href={`/products/${product.handle}?variant=${encodeURIComponent(target.sku)}`}
      replace
      scroll={false}
      aria-current={value === chosen.optionValues[index] ? 'true' : undefined}
      className="flex min-h-11 items-center gap-2 rounded-small border border-field px-3.5 py-1.5 text-small hover:bg-raised has-data-sold-out:border-dashed has-data-sold-out:text-soft has-data-sold-out:line-through aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:text-ground"
    >
      <Swatch value={value} />
      {value}
      {shelf && <SoldOutMark productId={product.id} variantId={target.id} first={shelf} />}
    </Link>
  )
}

/** Many values as a `<select>` in a form that opens the chosen one's address. */
function ValueList({ product, chosen, index, values }: Value & { values: readonly string[] }) {
  return (
    <form action={`/products/${product.handle}`} className="mt-2 flex gap-2">
      <Select
        size="large"
        name="variant"
        aria-labelledby={`option-${index}`}
        defaultValue={chosen.sku}
        className="min-w-0 grow"
      >
        {values.map((value) => {
          const { sku } = variantWith(product, chosen, index, value) ?? chosen
          return (
            <option key={value} value={value === chosen.optionValues[index] ? chosen.sku : sku}>
              {value}
            </option>
          )
        })}
      </Select>
      <Button size="large">{variantChoiceWords.show}</Button>
    </form>
  )
}
