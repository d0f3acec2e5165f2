import { ActionForm } from '@/components/staff/forms/action-form'
import { keptByOthersWords, locationName, units } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { TextField } from '@/components/ui/forms/text-field'
import { Card } from '@/components/ui/layout/card'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { inspectReturn, refundOrder, settleShorts, settleWithdrawal } from '@/lib/actions/staff/order-desk'
import { formatMoney } from '@/lib/domain/core/money'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import { isKeptByOthers, mayChangeStockAt, roleReaches, type StockRights } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'
import { PaymentTroubles } from './money/payment-troubles'
import { troublesWords, troubleWords } from './words'

/**
 * Problems of an order that need a decision, each with its form. Renders a `<section>`, or nothing without problems.
 */
export function Troubles({
  desk,
  rights,
  locations,
}: {
  desk: DeskOrder
  rights: StockRights
  locations: readonly Location[]
}) {
  const { entry, order, awaitingInspection } = desk
  if (entry.troubles.length === 0) return null
  const { payment, currency } = order
  const due = formatMoney({ minor: payment.refund_due_minor - payment.refunded_minor, currency })
  const mayPack = roleReaches(rights.role, 'stock')
  const has = (trouble: (typeof entry.troubles)[number]) => entry.troubles.includes(trouble)
  return (
    <Card as="section" gap={5} tone="low" aria-labelledby="trouble">
      <Heading level={2} id="trouble">
        {troublesWords.needsAttention}
      </Heading>
      {has('short') && (
        <Stack gap={2}>
          <p>
            <strong>{troubleWords.short}.</strong> {troublesWords.theOrderPageShowsWhat}{' '}
            <Text as="span" tone="soft" breaks>
              {[order.phone, order.email].filter(Boolean).join(', ')}
            </Text>
          </p>
          {mayPack && (
            <ActionForm action={settleShorts} fields={{ order_id: order.order_id }}>
              <Button>{troublesWords.markCustomerAsTold}</Button>
            </ActionForm>
          )}
        </Stack>
      )}
      {has('withdrawn') && (
        <Stack gap={2}>
          <p>
            <strong>{troubleWords.withdrawn}.</strong> {troublesWords.theCustomerWithdrew}
          </p>
          {mayPack && (
            <ActionForm action={settleWithdrawal} fields={{ order_id: order.order_id }}>
              <Button>{troublesWords.markAsSettled}</Button>
            </ActionForm>
          )}
        </Stack>
      )}
      {has('refund_due') && (
        <Stack gap={2}>
          <p>
            <strong>{troubleWords.refund_due}:</strong>{' '}
            <Text as="span" figures>
              {due}
            </Text>
            {payment.provider === 'on_collection'
              ? troublesWords.atTheCounter
              : troublesWords.throughThePaymentProvider}
          </p>
          {roleReaches(rights.role, 'manager') ? (
            <ActionForm action={refundOrder} fields={{ order_id: order.order_id }}>
              <Button kind="primary">
                {payment.provider === 'on_collection'
                  ? troublesWords.markAsRefunded(due)
                  : troublesWords.refund(due)}
              </Button>
            </ActionForm>
          ) : (
            <Text size="small" tone="soft">
              {troublesWords.onlyManagersCanRefund}
            </Text>
          )}
        </Stack>
      )}
      {has('no_answer') && (
        <p>
          <strong>{troubleWords.no_answer}.</strong> {troublesWords.itIsCancelledAutomaticallyWhen}
        </p>
      )}
      <PaymentTroubles desk={desk} mayRetry={roleReaches(rights.role, 'manager')} />
      {awaitingInspection.map((aside) => (
        <Stack key={aside.id} gap={2}>
          <p>
            <strong>{troubleWords.inspect}:</strong> {units(aside.quantity)} {troublesWords.ofIt}{' '}
            {order.items.find(({ id }) => id === aside.order_item_id)?.title}
            {troublesWords.at} {locationName(aside.location_id, locations)}.
          </p>
          {isKeptByOthers(rights, aside.location_id) && (
            <Text size="small" tone="soft">
              {keptByOthersWords(aside.location_id, locations)}
            </Text>
          )}
          {mayChangeStockAt(rights, aside.location_id) && (
            <ActionForm
              action={inspectReturn}
              fields={{ return_id: aside.id }}
              locations={locations}
              label={troublesWords.inspectReturn}
              layout="row"
            >
              <TextField
                label={troublesWords.unitsToRestock}
                name="restocked"
                type="number"
                min={0}
                max={aside.quantity}
                defaultValue={aside.quantity}
                required
                content="units"
              />
              <Button>{troublesWords.restockTheseWriteOffThe}</Button>
            </ActionForm>
          )}
        </Stack>
      ))}
    </Card>
  )
}
