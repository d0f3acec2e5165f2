'use client'

import { refusalWords, unansweredWords } from '@/components/shop/cart/words'
import { linkButton, quietButton } from '@/components/ui/controls'
import { cancel, postCancel } from '@/lib/actions/shop/orders'
import { useFormAction } from '@/lib/client/forms/use-form-action'
import { cancelFormWords } from './words'

/** Calls an order off, after a second thought. Works without JavaScript. Renders a `<details>`. */
export function CancelForm({ orderId, firstKey }: { orderId: string; firstKey: string }) {
  const { answer, isPending, isUnanswered, props } = useFormAction(
    { call: cancel, post: postCancel },
    { gesture: 'rendered' },
  )
  return (
    <details>
      <summary className={`${linkButton} -ml-1 inline-flex list-none items-center`}>
        {cancelFormWords.cancelOrder}
      </summary>
      <form {...props} className="mt-3 grid justify-items-start gap-3">
        <input type="hidden" name="order_id" value={orderId} />
        <input type="hidden" name="idempotency_key" value={firstKey} />
        <p>{cancelFormWords.yourItemsAreReleasedAnd}</p>
        <button type="submit" aria-disabled={isPending || undefined} className={quietButton}>
          {isPending ? cancelFormWords.cancelling : cancelFormWords.yesCancelOrder}
        </button>
        <p role="status" className="text-danger empty:hidden">
          {isUnanswered ? unansweredWords : answer && refusalWords(answer)}
        </p>
      </form>
    </details>
  )
}
