'use client'

import Form from 'next/form'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { FilterSelect } from '@/components/staff/forms/filter-select'
import { useFilterForm } from '@/components/staff/forms/use-filter-form'
import { type OrderFilter, ordersAddress } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { queueFilterFormWords } from './words'

const paid = [
  { value: 'yes', label: queueFilterFormWords.paid },
  { value: 'no', label: queueFilterFormWords.notPaid },
]

/** Narrows the queue; everything stands in the URL, as in the inventory. Renders a `<form role="search">`. */
export function QueueFilterForm({
  filter,
  locations,
}: {
  filter: OrderFilter
  locations: readonly Location[]
}) {
  const following = useFilterForm(ordersAddress)

  return (
    <Form
      action="/staff/orders"
      role="search"
      aria-label={queueFilterFormWords.orders}
      {...following}
      className="grid grid-cols-4 items-end gap-3 desktop:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <input type="hidden" name="stage" value={filter.stage} />
      <label className="col-span-3 grid gap-1 desktop:col-span-1">
        <span className={labelText}>{queueFilterFormWords.numberNameOrEMail}</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" className={fieldBox} />
      </label>
      <button type="submit" className={`${quietButton} desktop:order-last`}>
        {queueFilterFormWords.search}
      </button>
      <FilterSelect
        label={queueFilterFormWords.location}
        name="location"
        value={filter.location}
        options={locations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect label={queueFilterFormWords.payment} name="paid" value={filter.paid} options={paid} />
    </Form>
  )
}
