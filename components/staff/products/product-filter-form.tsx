'use client'

import { FilterSelect } from '@/components/staff/forms/filter-select'
import { useFilterForm } from '@/components/staff/forms/use-filter-form'
import { Button } from '@/components/ui/actions/button'
import { FilterForm } from '@/components/ui/forms/filter-form'
import { TextField } from '@/components/ui/forms/text-field'
import { productStatuses } from '@/lib/domain/products/editing/sheet'
import { type ProductFilter, productsAddress } from '@/lib/domain/products/product-list'
import type { Category } from '@/lib/domain/stock/place'
import { productFilterFormWords, statusWords } from './words'

/** The filter of the list; its values are in the URL. Renders a `<form role="search">`. */
export function ProductFilterForm({
  filter,
  categories,
}: {
  filter: ProductFilter
  categories: readonly Category[]
}) {
  const following = useFilterForm(productsAddress)

  return (
    <FilterForm fields={2} action="/staff/products" label={productFilterFormWords.products} {...following}>
      <TextField
        label={productFilterFormWords.titleOptionSkuBarcodeOr}
        type="search"
        name="q"
        defaultValue={filter.q}
        autoComplete="off"
      />
      <Button>{productFilterFormWords.search}</Button>
      <FilterSelect
        label={productFilterFormWords.category}
        name="category"
        value={filter.category}
        options={categories.map(({ slug, title }) => ({ value: slug, label: title }))}
      />
      <FilterSelect
        label={productFilterFormWords.status}
        name="status"
        value={filter.status}
        options={productStatuses.map((status) => ({ value: status, label: statusWords[status] }))}
      />
    </FilterForm>
  )
}
