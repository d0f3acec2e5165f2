'use client'

import type { Route } from 'next'
import Form from 'next/form'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useRef, useTransition } from 'react'
import { fieldBox, labelText, quietButton } from '@/components/staff/controls'
import { FilterSelect } from '@/components/staff/filter-select'
import { type OrderFilter, ordersAddress } from '@/lib/domain/order-desk'
import type { Location } from '@/lib/domain/place'

const pauseMs = 250

const paid = [
  { value: 'yes', label: 'Paid' },
  { value: 'no', label: 'Not paid' },
]

/** Narrows the queue; everything stands in the URL, as in the inventory. Renders a `<form role="search">`. */
export function QueueFilterForm({
  filter,
  locations,
}: {
  filter: OrderFilter
  locations: readonly Location[]
}) {
  const router = useRouter()
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isSearching, startSearch] = useTransition()

  function follow(event: ChangeEvent<HTMLFormElement>): void {
    const form = event.currentTarget
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
      startSearch(() => router.replace(ordersAddress(typed) as Route, { scroll: false }))
    }, pauseMs)
  }

  return (
    <Form
      action="/staff/orders"
      role="search"
      aria-label="Orders"
      aria-busy={isSearching}
      onChange={follow}
      onSubmit={() => clearTimeout(pause.current)}
      className="grid grid-cols-4 items-end gap-3 desktop:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <input type="hidden" name="stage" value={filter.stage} />
      <label className="col-span-3 grid gap-1 desktop:col-span-1">
        <span className={labelText}>Number, name or e-mail</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" className={fieldBox} />
      </label>
      <button type="submit" className={`${quietButton} desktop:order-last`}>
        Search
      </button>
      <FilterSelect
        label="Units at"
        name="location"
        value={filter.location}
        options={locations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect label="Money" name="paid" value={filter.paid} options={paid} />
    </Form>
  )
}
