import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { mergeCustomer, separateCustomer } from '@/lib/actions/staff/people'
import type { Customer } from '@/lib/domain/people/customer'
import { mergeWords } from './words'

/** Adds guest orders to the account with their address, and takes them out; for managers. Renders a `<section>`. */
export function CustomerMerge({ customer }: { customer: Customer }) {
  const { guest_orders, merged_orders, order_id } = customer
  if (guest_orders === 0 && merged_orders === 0) return null
  return (
    <Section id="guest-orders" title={mergeWords.guestOrders} gap={3}>
      {guest_orders > 0 && (
        <>
          <p>{customer.has_account ? mergeWords.canJoin(guest_orders) : mergeWords.hasAccount}</p>
          <ActionForm
            action={mergeCustomer}
            fields={{ order_id }}
            label={mergeWords.addToAccount}
            done={mergeWords.saved}
          >
            <Text size="small" tone="soft">
              {mergeWords.theyAreShown}
            </Text>
            <Button>{mergeWords.addToAccount}</Button>
          </ActionForm>
        </>
      )}
      {merged_orders > 0 && (
        <>
          <p>{mergeWords.added(merged_orders)}</p>
          <ActionForm
            action={separateCustomer}
            fields={{ order_id }}
            label={mergeWords.removeFromAccount}
            done={mergeWords.saved}
          >
            <Button>{mergeWords.removeFromAccount}</Button>
          </ActionForm>
        </>
      )}
    </Section>
  )
}
