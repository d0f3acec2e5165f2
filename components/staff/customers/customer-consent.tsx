import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { recordConsent } from '@/lib/actions/staff/people'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Customer } from '@/lib/domain/people/customer'
import { consentWords } from './words'

/** Whether a customer agreed to advertising, and the form that records a change. Renders a `<section>`. */
export function CustomerConsent({ customer, mayWrite }: { customer: Customer; mayWrite: boolean }) {
  const { consent } = customer
  const isGiven = consent?.given ?? false
  const change = isGiven ? consentWords.recordWithdrawn : consentWords.recordGiven
  return (
    <Section id="advertising" title={consentWords.advertising} gap={3}>
      <p>
        {consent
          ? consentWords[isGiven ? 'given' : 'withdrawn'](
              consentWords.by[consent.source],
              shopTime(consent.at),
            )
          : consentWords.unknown}
      </p>
      {mayWrite && (
        <ActionForm
          action={recordConsent}
          fields={{ order_id: customer.order_id, given: String(!isGiven) }}
          label={change}
          done={consentWords.saved}
        >
          {!isGiven && (
            <Text size="small" tone="soft">
              {consentWords.askFirst}
            </Text>
          )}
          <Button>{change}</Button>
        </ActionForm>
      )}
    </Section>
  )
}
