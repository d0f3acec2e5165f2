import { linkButton, quietButton } from '@/components/ui/controls'
import { PostForm } from '@/components/ui/post-form'
import { eraseOrder } from '@/lib/actions/shop/orders'
import type { Order } from '@/lib/domain/orders/order'
import type { ErasedOrder } from '@/lib/domain/orders/order-request'
import { erasedOrderWords, eraseOrderWords } from './words'

/**
 * Deletes the person from a guest's order after a confirmation; a plain form, the same with and without JavaScript. Renders
 * a `<details>`, or a `<p>` when that was asked for.
 */
export function EraseOrder({ order, attempt }: { order: Order; attempt: ErasedOrder | null }) {
  if (order.erase_asked_at) return <p>{eraseOrderWords.deletedOnceFinished}</p>
  const message = attempt && attempt.erased !== 'now' ? erasedOrderWords[attempt.erased] : undefined
  return (
    <details open={message !== undefined}>
      <summary className={`${linkButton} -ml-1 inline-flex list-none items-center`}>
        {eraseOrderWords.deleteMyDetails}
      </summary>
      <PostForm
        action={eraseOrder}
        page={`/orders/${order.order_id}`}
        className="mt-3 grid max-w-prose justify-items-start gap-3"
      >
        <input type="hidden" name="order_id" value={order.order_id} />
        <p>{eraseOrderWords.nameEmailPhoneAnd}</p>
        <p>{eraseOrderWords.anOpenOrderKeeps}</p>
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" name="sure" required className="size-5 accent-action" />
          {eraseOrderWords.yesDeleteMyDetails}
        </label>
        <p role="alert" className="text-danger empty:hidden">
          {message}
        </p>
        <button type="submit" className={quietButton}>
          {eraseOrderWords.deleteMyDetails}
        </button>
      </PostForm>
    </details>
  )
}

/** The page of an order whose person was just deleted. */
export function DetailsDeleted() {
  return (
    <div className="page pt-10 tablet:pt-16" role="status">
      <h1 className="display text-heading">{eraseOrderWords.detailsDeleted}</h1>
      <p className="mt-3 max-w-prose text-lead">{eraseOrderWords.theShopKeepsOnly}</p>
    </div>
  )
}
