import { Choice } from '@/components/ui/choice'
import { FieldProblem } from '@/components/ui/text-field'
import type { CheckoutField } from '@/lib/domain/checkout/checkout-fields'

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
      <legend className="display mb-4 text-title">Payment</legend>
      <p className="hidden group-has-[input[value=delivery]:checked]/checkout:block">
        Delivered orders are paid online, on the next page.
      </p>
      <div className="grid gap-2 group-has-[input[value=delivery]:checked]/checkout:hidden">
        <Choice
          name="payment"
          value="on_collection"
          defaultChecked={typed?.payment !== 'sandbox'}
          title="Pay when you collect"
        >
          Cash or card, at the counter
        </Choice>
        {offersSandbox && (
          <Choice
            name="payment"
            value="sandbox"
            defaultChecked={typed?.payment === 'sandbox'}
            title="Pay online now"
          >
            Test payments only: you will not be charged
          </Choice>
        )}
      </div>
      <FieldProblem id="payment-problem">{problem('payment')}</FieldProblem>
    </fieldset>
  )
}
