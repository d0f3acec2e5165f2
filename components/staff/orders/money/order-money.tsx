import { invoicesPageWords } from '@/components/shop/invoices/words'
import { ActionForm } from '@/components/staff/forms/action-form'
import { paymentWords, takenAsWords } from '@/components/staff/orders/words'
import { Button } from '@/components/ui/actions/button'
import { Fact, Facts } from '@/components/ui/data/facts'
import { Row } from '@/components/ui/layout/row'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { confirmOrder, takePayment } from '@/lib/actions/staff/order-desk'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import { orderMoneyWords } from './words'

/**
 * The price of an order and its payment; takes a payment that is due, and keeps an unpaid order beyond its deadline.
 * Renders a `<section>`.
 */
export function OrderMoney({ order, mayTake }: { order: Order; mayTake: boolean }) {
  const { payment, currency, total_minor, worth_minor: due } = order
  const money = (minor: number) => formatMoney({ minor, currency })
  return (
    <Section id="money" title={orderMoneyWords.money} gap={3}>
      <Facts layout="sums">
        {order.discount_minor > 0 && (
          <Fact isPlain name={orderMoneyWords.discount}>
            {money(-order.discount_minor)}
          </Fact>
        )}
        {order.delivery_minor > 0 && (
          <Fact isPlain name={orderMoneyWords.delivery}>
            {money(order.delivery_minor)}
          </Fact>
        )}
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
          {payment.taken_as && ` ${takenAsWords[payment.taken_as]}`}
        </Fact>
        {payment.refund_due_minor > 0 && (
          <Fact isPlain name={orderMoneyWords.refunded}>
            {money(payment.refunded_minor)} {orderMoneyWords.ofIt} {money(payment.refund_due_minor)}
          </Fact>
        )}
      </Facts>
      {order.invoices.length > 0 && (
        <p>
          <TextLink tone="link" href={`/staff/orders/${order.order_id}/invoices`}>
            {invoicesPageWords.link(order.invoices.length)}
          </TextLink>
        </p>
      )}
      {mayTake && payment.status === 'due' && (
        <ActionForm action={takePayment} fields={{ order_id: order.order_id }}>
          <Row>
            <Button kind={order.status === 'fulfilled' ? 'primary' : 'quiet'} name="taken_as" value="cash">
              {orderMoneyWords.takeInCash(money(due))}
            </Button>
            <Button kind={order.status === 'fulfilled' ? 'primary' : 'quiet'} name="taken_as" value="card">
              {orderMoneyWords.takeByCard(money(due))}
            </Button>
          </Row>
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
