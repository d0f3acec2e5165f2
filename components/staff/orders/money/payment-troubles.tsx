import { ActionForm } from '@/components/staff/forms/action-form'
import { troubleWords } from '@/components/staff/orders/words'
import { Button } from '@/components/ui/actions/button'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { retryPayment } from '@/lib/actions/staff/order-desk'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import { paymentTroublesWords } from './words'

/** Problems with the card payment of an order. Renders a paragraph for each, or nothing. */
export function PaymentTroubles({
  desk: { entry, order, providerError },
  mayRetry,
}: {
  desk: DeskOrder
  mayRetry: boolean
}) {
  const has = (trouble: (typeof entry.troubles)[number]) => entry.troubles.includes(trouble)
  return (
    <>
      {has('provider_failed') && (
        <Stack gap={2}>
          <p>
            <strong>{troubleWords.provider_failed}.</strong> {paymentTroublesWords.stripeRefuses}
          </p>
          {providerError && (
            <Text size="small" tone="soft" breaks>
              {providerError}
            </Text>
          )}
          {mayRetry ? (
            <ActionForm action={retryPayment} fields={{ order_id: order.order_id }}>
              <Button kind="primary">{paymentTroublesWords.tryAgain}</Button>
            </ActionForm>
          ) : (
            <Text size="small" tone="soft">
              {paymentTroublesWords.onlyManagersCanTryAgain}
            </Text>
          )}
        </Stack>
      )}
      {has('disputed') && (
        <p>
          <strong>{troubleWords.disputed}.</strong> {paymentTroublesWords.answerInStripe}
        </p>
      )}
      {has('unpaid') && (
        <p>
          <strong>{troubleWords.unpaid}.</strong> {paymentTroublesWords.authorisationEnded}
        </p>
      )}
    </>
  )
}
