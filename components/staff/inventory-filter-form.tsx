'use client'

import type { Route } from 'next'
import Form from 'next/form'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useRef, useTransition } from 'react'
import { type InventoryFilter, inventoryAddress } from '@/lib/domain/inventory'
import type { Category, Location } from '@/lib/domain/place'
import { fieldBox, labelText, quietButton } from './controls'
import { FilterSelect } from './filter-select'

const pauseMs = 250

const bands = [
  { value: 'in', label: 'In stock' },
  { value: 'low', label: 'Few left' },
  { value: 'out', label: 'Sold out' },
  { value: 'unlisted', label: 'Not listed' },
]

/**
 * Narrows the list; everything stands in the URL. Without JavaScript a plain GET form; with it, the list follows
 * what is typed after a short pause. Renders a `<form role="search">`.
 */
export function InventoryFilterForm({
  filter,
  locations,
  categories,
}: {
  filter: InventoryFilter
  locations: readonly Location[]
  categories: readonly Category[]
}) {
  const router = useRouter()
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isSearching, startSearch] = useTransition()

  function follow(event: ChangeEvent<HTMLFormElement>): void {
    const form = event.currentTarget
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
      startSearch(() => router.replace(inventoryAddress(typed) as Route, { scroll: false }))
    }, pauseMs)
  }

  return (
    <Form
      action="/staff"
      role="search"
      aria-label="Inventory"
      aria-busy={isSearching}
      onChange={follow}
      onSubmit={() => clearTimeout(pause.current)}
      className="grid grid-cols-6 items-end gap-3 desktop:grid-cols-[2fr_1fr_1fr_1fr_auto]"
    >
      <label className="col-span-4 grid gap-1 tablet:col-span-5 desktop:col-span-1">
        <span className={labelText}>Title, option, SKU or barcode</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" className={fieldBox} />
      </label>
      <button type="submit" className={`${quietButton} col-span-2 tablet:col-span-1 desktop:order-last`}>
        Search
      </button>
      <FilterSelect label="Shoppers see" name="band" value={filter.band} options={bands} />
      <FilterSelect
        label="Location"
        name="location"
        value={filter.location}
        options={locations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect
        label="Category"
        name="category"
        value={filter.category}
        options={categories.map(({ slug, title }) => ({ value: slug, label: title }))}
      />
    </Form>
  )
}
