import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { CustomerConsent } from '@/components/staff/customers/customer-consent'
import { CustomerFacts } from '@/components/staff/customers/customer-facts'
import { CustomerMerge } from '@/components/staff/customers/customer-merge'
import { CustomerNotes } from '@/components/staff/customers/customer-notes'
import { CustomerOrders } from '@/components/staff/customers/customer-orders'
import { customerWords } from '@/components/staff/customers/words'
import { Columns } from '@/components/ui/layout/columns'
import { StaffPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { CustomerFilter } from '@/lib/domain/people/customer'
import { roleReaches } from '@/lib/domain/people/staff'
import { readCustomer } from '@/lib/server/people/customers'
import { actorNames } from '@/lib/server/people/staff'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: customerWords.customer }

/** The customer of an order: any order of theirs leads here. */
export default async function CustomerRoute({ params, searchParams }: PageProps<'/staff/customers/[order]'>) {
  const member = await requireStaff('viewer')
  const id = z.guid().safeParse((await params).order)
  if (!id.success) notFound()
  const { before } = CustomerFilter.parse(await searchParams)
  const [customer, names] = await Promise.all([readCustomer(id.data, before), actorNames()])
  if (!customer) notFound()
  const mayWrite = roleReaches(member.role, 'stock')
  return (
    <StaffPage>
      <CustomerFacts customer={customer} />
      <Columns ratio="3:2">
        <Stack gap={10} atTop>
          <CustomerOrders customer={customer} hasMore={customer.hasMore} isFirstPage={before === null} />
        </Stack>
        <Stack gap={10} atTop>
          <CustomerNotes customer={customer} names={names} mayWrite={mayWrite} />
          <CustomerConsent customer={customer} mayWrite={mayWrite} />
          {roleReaches(member.role, 'manager') && <CustomerMerge customer={customer} />}
        </Stack>
      </Columns>
    </StaffPage>
  )
}
