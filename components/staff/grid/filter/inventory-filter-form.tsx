'use client'

import { useEffect, useRef } from 'react'
import { FilterSelect } from '@/components/staff/forms/filter-select'
import { Button } from '@/components/ui/actions/button'
import { FilterForm } from '@/components/ui/forms/filter-form'
import { TextField } from '@/components/ui/forms/text-field'
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
 * The filter of the list; its values are in the URL, so that a bookmark keeps them. Without JavaScript a plain GET
 * form; with it, the list follows the typing. Renders a `<form role="search">`.
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
    <FilterForm
      fields={3}
      ref={form}
      action="/staff"
      label={inventoryFilterFormWords.inventory}
      aria-busy={isSearching}
      onChange={follow}
      onSubmit={() => clearTimeout(pause.current)}
    >
      <TextField
        label={inventoryFilterFormWords.titleOptionSkuOrBarcode}
        type="search"
        name="q"
        defaultValue={filter.q}
        autoComplete="off"
      />
      <Button>{inventoryFilterFormWords.search}</Button>
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
    </FilterForm>
  )
}

function typedIn(form: HTMLFormElement | null): Record<string, string> | null {
  return form && Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
}
