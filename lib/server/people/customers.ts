import 'server-only'
import type { Result } from '@/lib/domain/core/result'
import {
  type ConsentRecord,
  Customer,
  CustomerEntry,
  type CustomerFilter,
  type CustomerNamed,
  type CustomerNote,
  customersPerPage,
  ordersPerCustomerPage,
} from '@/lib/domain/people/customer'
import { callFunction } from '@/lib/server/platform/call-function'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

export interface CustomerPage {
  entries: CustomerEntry[]
  hasMore: boolean
}

/** Customers, those with the latest orders first. For staff. */
export async function listCustomers({ q, before }: CustomerFilter): Promise<CustomerPage> {
  const client = await sessionClient()
  const rows = rowsOrThrow(
    'read_customers',
    await client.rpc('read_customers', {
      ...(q && { words: q }),
      ...(before && { before }),
      size: customersPerPage + 1,
    }),
  )
  const entries = CustomerEntry.array().parse(rows)
  return { entries: entries.slice(0, customersPerPage), hasMore: entries.length > customersPerPage }
}

/** The customer of an order, with a page of their orders. Null when they were erased, or there is no such order. */
export async function readCustomer(
  orderId: string,
  before: number | null,
): Promise<(Customer & { hasMore: boolean }) | null> {
  const read = await callFunction('read_customer', { order_id: orderId, ...(before && { before }) })
  if (!read.ok) {
    if (read.error.code === 'not_found') return null
    throw new Error(`read_customer: ${read.error.code}`)
  }
  const customer = Customer.parse(read.data)
  const hasMore = customer.orders.length > ordersPerCustomerPage
  return { ...customer, orders: customer.orders.slice(0, ordersPerCustomerPage), hasMore }
}

export async function addNote(note: CustomerNote): Promise<Result<unknown>> {
  return callFunction('add_customer_note', note)
}

export async function recordConsent(consent: ConsentRecord): Promise<Result<unknown>> {
  return callFunction('record_consent', consent)
}

/** Adds the guest orders of this customer to their account. */
export async function mergeOrders(customer: CustomerNamed): Promise<Result<unknown>> {
  return callFunction('merge_customer', customer)
}

/** Takes the orders that staff added out of the account. */
export async function separateOrders(customer: CustomerNamed): Promise<Result<unknown>> {
  return callFunction('separate_customer', customer)
}

/** Whether the signed-in person agreed to advertising. */
export async function ownConsent(): Promise<boolean> {
  const client = await sessionClient()
  return rowsOrThrow('own_consent', await client.rpc('own_consent', {}))
}

export async function changeOwnConsent(given: boolean): Promise<Result<unknown>> {
  return callFunction('own_consent', { given })
}
