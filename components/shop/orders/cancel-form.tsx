'use client'

import { unansweredWords } from '@/components/shop/cart/words'
import { linkButton, quietButton } from '@/components/ui/controls'
import { FormFields } from '@/components/ui/form-fields'
import { cancelOrder } from '@/lib/actions/shop/orders'
import { useForm } from '@/lib/client/forms/use-form'
import { orderRefusalWords } from './refusal-words'
import { cancelFormWords } from './words'

/** Calls an order off, after a second thought. Works without JavaScript. Renders a `<details>`. */
export function CancelForm({ orderId }: { orderId: string }) {
  const { answer, isPending, isUnanswered, isUnsent, props } = useForm(cancelOrder, { post: cancelOrder })
  return (
    <details>
      <summary className={`${linkButton} -ml-1 inline-flex list-none items-center`}>
        {cancelFormWords.cancelOrder}
      </summary>
      <form {...props} className="mt-3 grid justify-items-start gap-3">
        <input type="hidden" name="order_id" value={orderId} />
        <FormFields page={`/orders/${orderId}`} />
        <p>{cancelFormWords.yourItemsAreReleasedAnd}</p>
        <button type="submit" aria-disabled={isPending || undefined} className={quietButton}>
          {isPending ? cancelFormWords.cancelling : cancelFormWords.yesCancelOrder}
        </button>
        <p role="status" className="text-danger empty:hidden">
          {isUnanswered ? unansweredWords(isUnsent) : answer?.ok === false && orderRefusalWords(answer.error)}
        </p>
      </form>
    </details>
  )
}
