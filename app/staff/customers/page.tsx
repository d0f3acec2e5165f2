import type { Metadata } from 'next'
import { CustomerList } from '@/components/staff/customers/customer-list'
import { customerListWords } from '@/components/staff/customers/words'
import { Button } from '@/components/ui/actions/button'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { FilterForm } from '@/components/ui/forms/filter-form'
import { TextField } from '@/components/ui/forms/text-field'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { NextPages } from '@/components/ui/navigation/next-pages'
import { CustomerFilter, customersAddress } from '@/lib/domain/people/customer'
import { listCustomers } from '@/lib/server/people/customers'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: customerListWords.customers }

export default async function CustomersRoute({ searchParams }: PageProps<'/staff/customers'>) {
  await requireStaff('viewer')
  const filter = CustomerFilter.parse(await searchParams)
  const { entries, hasMore } = await listCustomers(filter)
  const last = entries.at(-1)
  return (
    <StaffPage gap={6}>
      <PageHeading title={customerListWords.customers}>
        {customerListWords.everyAddressThatOrdered}
      </PageHeading>
      <FilterForm fields={2} action="/staff/customers" label={customerListWords.customers}>
        <TextField
          key={filter.q}
          label={customerListWords.nameAddressOrNumber}
          type="search"
          name="q"
          defaultValue={filter.q}
          autoComplete="off"
        />
        <Button>{customerListWords.search}</Button>
      </FilterForm>
      {entries.length === 0 ? (
        <EmptyState isPage>{filter.q ? customerListWords.noneMatch : customerListWords.noneYet}</EmptyState>
      ) : (
        <CustomerList entries={entries} />
      )}
      <NextPages
        label={customerListWords.pages}
        first={
          filter.before
            ? { href: customersAddress({ ...filter, before: null }), label: customerListWords.backToFirst }
            : null
        }
        next={
          hasMore && last
            ? { href: customersAddress({ ...filter, before: last.number }), label: customerListWords.next }
            : null
        }
      />
    </StaffPage>
  )
}
