'use client'

import Form from 'next/form'
import { useEffect, useRef } from 'react'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { FilterSelect } from '@/components/staff/forms/filter-select'
import { setValue, useScanner } from '@/lib/client/hooks/use-scanner'
import { type InventoryFilter, inventoryAddress } from '@/lib/domain/stock/inventory'
import type { Category, Location } from '@/lib/domain/stock/place'
import { inventoryFilterFormWords } from './words'

/** Between the last key and the search: shorter than a person notices, longer than typing pauses. */
const pauseMs = 120

const bands = [
  { value: 'in', label: inventoryFilterFormWords.inStock },
  { value: 'low', label: inventoryFilterFormWords.lowStock },
  { value: 'out', label: inventoryFilterFormWords.soldOut },
  { value: 'unlisted', label: inventoryFilterFormWords.unavailable },
]

/**
 * Narrows the list; everything stands in the URL, so that a filter is kept as a bookmark. Without JavaScript a plain
 * GET form; with it, the list follows what is typed. Renders a `<form role="search">`.
 */
export function InventoryFilterForm({
  filter,
  locations,
  categories,
  isSearching,
}: {
  filter: InventoryFilter
  locations: readonly Location[]
  categories: readonly Category[]
  isSearching: boolean
}) {
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)

  const form = useRef<HTMLFormElement>(null)

  // A code that is scanned anywhere on the page is looked up, and never becomes a number of units.
  useScanner(
    () => false,
    (text) => {
      const search = form.current?.elements.namedItem('q')
      if (!(search instanceof HTMLInputElement)) return
      setValue(search, text)
      search.focus()
      follow()
    },
  )

  function follow(): void {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      const typed = typedIn(form.current)
      // The address alone: the list hears of it and asks the database, without a round by the server.
      if (typed) window.history.replaceState(null, '', inventoryAddress(typed))
    }, pauseMs)
  }

  // Values that were typed or chosen before hydration count too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins to run.
  useEffect(() => {
    const typed = typedIn(form.current)
    if (typed && inventoryAddress(typed) !== inventoryAddress({ ...filter, after: '' })) follow()
    return () => clearTimeout(pause.current)
  }, [])

  return (
    <Form
      ref={form}
      action="/staff"
      role="search"
      aria-label={inventoryFilterFormWords.inventory}
      aria-busy={isSearching}
      onChange={follow}
      onSubmit={() => clearTimeout(pause.current)}
      className="grid grid-cols-6 items-end gap-3 desktop:grid-cols-[2fr_1fr_1fr_1fr_auto]"
    >
      <label className="col-span-4 grid gap-1 tablet:col-span-5 desktop:col-span-1">
        <span className={labelText}>{inventoryFilterFormWords.titleOptionSkuOrBarcode}</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" className={fieldBox} />
      </label>
      <button type="submit" className={`${quietButton} col-span-2 tablet:col-span-1 desktop:order-last`}>
        {inventoryFilterFormWords.search}
      </button>
      <FilterSelect
        label={inventoryFilterFormWords.shoppersSee}
        name="band"
        value={filter.band}
        options={bands}
      />
      <FilterSelect
        label={inventoryFilterFormWords.location}
        name="location"
        value={filter.location}
        options={locations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect
        label={inventoryFilterFormWords.category}
        name="category"
        value={filter.category}
        options={categories.map(({ slug, title }) => ({ value: slug, label: title }))}
      />
    </Form>
  )
}

function typedIn(form: HTMLFormElement | null): Record<string, string> | null {
  return form && Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
}
