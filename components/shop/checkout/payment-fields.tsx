import { Choice } from '@/components/ui/choice'
import { FieldNote, Legend } from '@/components/ui/forms/field'
import type { CheckoutField } from '@/lib/domain/checkout/checkout-fields'
import type { OnlineProvider } from '@/lib/domain/orders/order'
import { onlinePaymentWords, paymentFieldsWords } from './words'

/**
 * The choice of payment. Delivered orders are paid online; the style sheet shows that text for them. Renders a
 * `<fieldset>`.
 */
export function PaymentFields({
  typed,
  problem,
  online,
}: {
  typed: Record<CheckoutField, string> | undefined
  problem: (field: CheckoutField) => string | undefined
  online: OnlineProvider | null
}) {
  return (
    <fieldset id="payment" tabIndex={-1} aria-describedby="payment-problem" className="outline-none">
      <Legend size="title">{paymentFieldsWords.payment}</Legend>
      <p className="hidden group-has-[input[value=delivery]:checked]/checkout:block">
        {paymentFieldsWords.deliveredOrdersArePaidOnline}
      </p>
      <div className="grid gap-2 group-has-[input[value=delivery]:checked]/checkout:hidden">
        <Choice
          name="payment"
          value="on_collection"
          defaultChecked={online === null || typed?.payment !== online}
          title={paymentFieldsWords.payWhenYouCollect}
        >
          {paymentFieldsWords.cashOrCardAtThe}
        </Choice>
        {online && (
          <Choice
            name="payment"
            value={online}
            defaultChecked={typed?.payment === online}
            title={onlinePaymentWords[online].title}
          >
            {onlinePaymentWords[online].note}
          </Choice>
        )}
      </div>
      <FieldNote id="payment-problem" size="large" problem={problem('payment')} />
    </fieldset>
  )
}
