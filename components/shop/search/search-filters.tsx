import type { Route } from 'next'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { CheckField } from '@/components/ui/forms/check-field'
import { Legend } from '@/components/ui/forms/field'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { TextLink } from '@/components/ui/text/text-link'
import type { Category } from '@/lib/domain/products/product'
import {
  isNarrowed,
  type ProductSearch,
  searchParameters,
  searchSorts,
} from '@/lib/domain/products/product-search'
import { type FilterCounts, type OptionFilter, optionFilters } from '@/lib/domain/products/search-filters'
import { CountedName, LiveCounts } from './live-counts'
import { searchFiltersWords as words } from './words'

type Found = FilterCounts & { currency: string; products: readonly { id: string }[] }

/**
 * The filters of a list with the number of products beside each, which follows the sales, and its order. A plain GET form:
 * the address has it all, with and without JavaScript. Renders a `<details>` with a `<form>`.
 */
export function SearchFilters({
  search,
  found,
  categories,
  path = '/search',
}: {
  search: ProductSearch
  found: Found
  /** None where the page is that of a category. */
  categories: readonly Category[]
  /** The page with the list. */
  path?: string
}) {
  const chosen = categories.length > 0 ? search : { ...search, category: '' }
  const isChanged = isNarrowed(chosen) || search.sort !== 'relevance'
  const cleared = (search.q === '' ? path : `${path}?${new URLSearchParams({ q: search.q })}`) as Route
  return (
    <LiveCounts
      parameters={searchParameters({ ...search, page: 1 }).toString()}
      productIds={found.products.map(({ id }) => id)}
      first={{ categories: found.categories, choices: found.choices, in_stock: found.in_stock }}
    >
      <Disclosure look="text" summary={words.filters} open={isChanged}>
        {/* Another search begins without the choices of this one: the key resets the fields. */}
        <Stack as="form" gap={5} key={JSON.stringify(search)} action={path} aria-label={words.narrow}>
          {search.q !== '' && <input type="hidden" name="q" value={search.q} />}
          <ListFields search={search} found={found} categories={categories} />
          <CheckField
            size="large"
            label={<CountedName name={words.inStockNow} of="stock" />}
            name="stock"
            value="1"
            defaultChecked={search.stock === '1'}
          />
          {optionFilters(found.choices, search.choice).map((option) => (
            <OptionChoices key={option.name} option={option} chosen={search.choice} />
          ))}
          <Row gap={4} align="center">
            <Button kind="primary" size="large">
              {words.show}
            </Button>
            {isChanged && (search.q !== '' || path !== '/search') && (
              <TextLink href={cleared}>{words.clear}</TextLink>
            )}
          </Row>
        </Stack>
      </Disclosure>
    </LiveCounts>
  )
}

/** Category, order and prices. Renders a group of fields. */
function ListFields({
  search,
  found,
  categories,
}: {
  search: ProductSearch
  found: Found
  categories: readonly Category[]
}) {
  return (
    <Stack columns={2} gap={4}>
      {categories.length > 0 && (
        <SelectField size="large" label={words.category} name="category" defaultValue={search.category}>
          <option value="">{words.all}</option>
          {categories
            .filter(({ slug }) => found.categories[slug] || slug === search.category)
            .map(({ slug, title }) => (
              <option key={slug} value={slug}>
                <CountedName name={title} of="category" value={slug} />
              </option>
            ))}
        </SelectField>
      )}
      <SelectField size="large" label={words.sort} name="sort" defaultValue={search.sort}>
        {searchSorts.map((sort) => (
          <option key={sort} value={sort}>
            {sort === 'relevance' && search.q === '' ? words.shopOrder : words.sorts[sort]}
          </option>
        ))}
      </SelectField>
      <PriceField label={words.from(found.currency)} name="from" value={search.from} />
      <PriceField label={words.to(found.currency)} name="to" value={search.to} />
    </Stack>
  )
}

function PriceField({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <TextField
      size="large"
      label={label}
      name={name}
      defaultValue={value}
      inputMode="decimal"
      autoComplete="off"
      maxLength={10}
    />
  )
}

function OptionChoices({ option, chosen }: { option: OptionFilter; chosen: readonly string[] }) {
  return (
    <Stack as="fieldset" gap={0.5}>
      <Legend>{option.name}</Legend>
      <Row gap="wide">
        {option.values.map(({ choice, value }) => (
          <CheckField
            key={choice}
            size="large"
            label={<CountedName name={value} of="choice" value={choice} />}
            name="choice"
            value={choice}
            defaultChecked={chosen.includes(choice)}
          />
        ))}
      </Row>
    </Stack>
  )
}
