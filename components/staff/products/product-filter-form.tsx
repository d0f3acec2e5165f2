'use client'

import type { Route } from 'next'
import Form from 'next/form'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useEffect, useRef, useTransition } from 'react'
import { fieldBox, labelText, quietButton } from '@/components/staff/controls'
import { FilterSelect } from '@/components/staff/filter-select'
import { productStatuses } from '@/lib/domain/editing/sheet'
import type { Category } from '@/lib/domain/place'
import { type ProductFilter, productsAddress } from '@/lib/domain/product-list'
import { statusWords } from './words'

const pauseMs = 250

/** Narrows the list; everything stands in the URL, as in the inventory. Renders a `<form role="search">`. */
export function ProductFilterForm({
  filter,
  categories,
}: {
  filter: ProductFilter
  categories: readonly Category[]
}) {
  const router = useRouter()
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isSearching, startSearch] = useTransition()

  // Who has left the list is not led back to it.
  useEffect(() => () => clearTimeout(pause.current), [])

  function follow(event: ChangeEvent<HTMLFormElement>): void {
    const form = event.currentTarget
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
      startSearch(() => router.replace(productsAddress(typed) as Route, { scroll: false }))
    }, pauseMs)
  }

  return (
    <Form
      action="/staff/products"
      role="search"
      aria-label="Products"
      aria-busy={isSearching}
      onChange={follow}
      onSubmit={() => clearTimeout(pause.current)}
      className="grid grid-cols-4 items-end gap-3 desktop:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <label className="col-span-3 grid gap-1 desktop:col-span-1">
        <span className={labelText}>Title, option, SKU, barcode or maker</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" className={fieldBox} />
      </label>
      <button type="submit" className={`${quietButton} desktop:order-last`}>
        Search
      </button>
      <FilterSelect
        label="Category"
        name="category"
        value={filter.category}
        options={categories.map(({ slug, title }) => ({ value: slug, label: title }))}
      />
      <FilterSelect
        label="Status"
        name="status"
        value={filter.status}
        options={productStatuses.map((status) => ({ value: status, label: statusWords[status] }))}
      />
    </Form>
  )
}
