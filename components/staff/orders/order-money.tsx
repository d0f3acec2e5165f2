import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Fact, Facts } from '@/components/ui/data/facts'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { confirmOrder, takePayment } from '@/lib/actions/staff/order-desk'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import { orderMoneyWords, paymentWords } from './words'

/**
 * The price of an order and its payment; takes a payment that is due, and keeps an unpaid order beyond its deadline.
 * Renders a `<section>`.
 */
export function OrderMoney({ order, mayTake }: { order: Order; mayTake: boolean }) {
  const { payment, currency, items, total_minor } = order
  const money = (minor: number) => formatMoney({ minor, currency })
  const due =
    total_minor - items.reduce((off, { cancelled, price_minor }) => off + cancelled * price_minor, 0)
  return (
    <Section id="money" title={orderMoneyWords.money} gap={3}>
      <Facts layout="sums">
        <Fact isPlain name={orderMoneyWords.orderTotal}>
          {money(total_minor)}
        </Fact>
        {due !== total_minor && (
          <Fact isPlain name={orderMoneyWords.afterCancellations}>
            {money(due)}
          </Fact>
        )}
        <Fact isPlain name={paymentWords[payment.status]}>
          {payment.status === 'captured' ? money(payment.captured_minor) : null}
        </Fact>
        {payment.refund_due_minor > 0 && (
          <Fact isPlain name={orderMoneyWords.refunded}>
            {money(payment.refunded_minor)} {orderMoneyWords.ofIt} {money(payment.refund_due_minor)}
          </Fact>
        )}
      </Facts>
      {mayTake && payment.status === 'due' && (
        <ActionForm action={takePayment} fields={{ order_id: order.order_id }}>
          <Button kind="primary">
            {orderMoneyWords.mark} {money(due)} {orderMoneyWords.asPaid}
          </Button>
        </ActionForm>
      )}
      {mayTake && payment.status === 'due' && payment.deadline && (
        <ActionForm action={confirmOrder} fields={{ order_id: order.order_id }}>
          <Text size="small" prose>
            {orderMoneyWords.ifUnpaidThisOrderIs}{' '}
            <Text as="time" figures dateTime={payment.deadline}>
              {shopTime(payment.deadline)}
            </Text>
            {orderMoneyWords.confirmTheOrderToKeep}
          </Text>
          <Button>{orderMoneyWords.confirmOrder}</Button>
        </ActionForm>
      )}
    </Section>
  )
}
