'use client'

import { FilterSelect } from '@/components/staff/forms/filter-select'
import { useFilterForm } from '@/components/staff/forms/use-filter-form'
import { Button } from '@/components/ui/actions/button'
import { FilterForm } from '@/components/ui/forms/filter-form'
import { TextField } from '@/components/ui/forms/text-field'
import { type OrderFilter, ordersAddress } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { queueFilterFormWords } from './words'

const paid = [
  { value: 'yes', label: queueFilterFormWords.paid },
  { value: 'no', label: queueFilterFormWords.notPaid },
]

/** The filter of the queue; its values are in the URL. Renders a `<form role="search">`. */
export function QueueFilterForm({
  filter,
  locations,
}: {
  filter: OrderFilter
  locations: readonly Location[]
}) {
  const following = useFilterForm(ordersAddress)

  return (
    <FilterForm fields={2} action="/staff/orders" label={queueFilterFormWords.orders} {...following}>
      <input type="hidden" name="stage" value={filter.stage} />
      <TextField
        label={queueFilterFormWords.numberNameOrEMail}
        type="search"
        name="q"
        defaultValue={filter.q}
        autoComplete="off"
      />
      <Button>{queueFilterFormWords.search}</Button>
      <FilterSelect
        label={queueFilterFormWords.location}
        name="location"
        value={filter.location}
        options={locations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect label={queueFilterFormWords.payment} name="paid" value={filter.paid} options={paid} />
    </FilterForm>
  )
}
