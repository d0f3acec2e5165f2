'use client'

import Form from 'next/form'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { FilterSelect } from '@/components/staff/forms/filter-select'
import { useFilterForm } from '@/components/staff/forms/use-filter-form'
import { productStatuses } from '@/lib/domain/products/editing/sheet'
import { type ProductFilter, productsAddress } from '@/lib/domain/products/product-list'
import type { Category } from '@/lib/domain/stock/place'
import { productFilterFormWords, statusWords } from './words'

/** Narrows the list; everything stands in the URL, as in the inventory. Renders a `<form role="search">`. */
export function ProductFilterForm({
  filter,
  categories,
}: {
  filter: ProductFilter
  categories: readonly Category[]
}) {
  const following = useFilterForm(productsAddress)

  return (
    <Form
      action="/staff/products"
      role="search"
      aria-label={productFilterFormWords.products}
      {...following}
      className="grid grid-cols-4 items-end gap-3 desktop:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <label className="col-span-3 grid gap-1 desktop:col-span-1">
        <span className={labelText}>{productFilterFormWords.titleOptionSkuBarcodeOr}</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" className={fieldBox} />
      </label>
      <button type="submit" className={`${quietButton} desktop:order-last`}>
        {productFilterFormWords.search}
      </button>
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
    </Form>
  )
}
