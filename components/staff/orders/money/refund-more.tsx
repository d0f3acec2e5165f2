import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { TextField } from '@/components/ui/forms/text-field'
import { Text } from '@/components/ui/text/text'
import { refundMore } from '@/lib/actions/staff/order-desk'
import { formatMoney, moneyAsDecimal } from '@/lib/domain/core/money'
import type { Order } from '@/lib/domain/orders/order'
import { refundMoreWords } from './words'

/** Refunds money that nothing made due, with a reason; for managers. Renders a `<details>`, or nothing without money. */
export function RefundMore({ order: { order_id, payment, currency } }: { order: Order }) {
  const left = { minor: payment.captured_minor - payment.refund_due_minor, currency }
  if (left.minor <= 0) return null
  return (
    <Disclosure look="button" summary={refundMoreWords.refundAnAmount}>
      <ActionForm
        action={refundMore}
        fields={{ order_id, currency }}
        label={refundMoreWords.refundAnAmount}
        done={refundMoreWords.done}
      >
        <Text size="small" prose>
          {refundMoreWords.upTo(formatMoney(left))}
        </Text>
        <TextField
          label={refundMoreWords.amount(currency)}
          name="amount"
          inputMode="decimal"
          required
          maxLength={20}
          autoComplete="off"
          content="number"
          placeholder={moneyAsDecimal(left)}
        />
        <TextField label={refundMoreWords.reason} name="reason" required maxLength={200} autoComplete="off" />
        <Button>{refundMoreWords.refund}</Button>
      </ActionForm>
    </Disclosure>
  )
}
