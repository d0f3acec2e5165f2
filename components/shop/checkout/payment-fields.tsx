import { Choice } from '@/components/ui/choice'
import { FieldProblem } from '@/components/ui/text-field'
import type { CheckoutField } from '@/lib/domain/checkout/checkout-fields'
import { paymentFieldsWords } from './words'

/** How to pay, where there is a choice: what is brought is paid online; the style sheet says so. Renders a `<fieldset>`. */
export function PaymentFields({
  typed,
  problem,
  offersSandbox,
}: {
  typed: Record<CheckoutField, string> | undefined
  problem: (field: CheckoutField) => string | undefined
  offersSandbox: boolean
}) {
  return (
    <fieldset id="payment" tabIndex={-1} aria-describedby="payment-problem" className="outline-none">
      <legend className="display mb-4 text-title">{paymentFieldsWords.payment}</legend>
      <p className="hidden group-has-[input[value=delivery]:checked]/checkout:block">
        {paymentFieldsWords.deliveredOrdersArePaidOnline}
      </p>
      <div className="grid gap-2 group-has-[input[value=delivery]:checked]/checkout:hidden">
        <Choice
          name="payment"
          value="on_collection"
          defaultChecked={typed?.payment !== 'sandbox'}
          title={paymentFieldsWords.payWhenYouCollect}
        >
          {paymentFieldsWords.cashOrCardAtThe}
        </Choice>
        {offersSandbox && (
          <Choice
            name="payment"
            value="sandbox"
            defaultChecked={typed?.payment === 'sandbox'}
            title={paymentFieldsWords.payOnlineNow}
          >
            {paymentFieldsWords.testPaymentsOnlyYouWill}
          </Choice>
        )}
      </div>
      <FieldProblem id="payment-problem">{problem('payment')}</FieldProblem>
    </fieldset>
  )
}
