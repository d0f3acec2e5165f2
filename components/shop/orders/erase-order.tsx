import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Problem } from '@/components/ui/feedback/problem'
import { CheckField } from '@/components/ui/forms/check-field'
import { ShopPage } from '@/components/ui/layout/page'
import { PostForm } from '@/components/ui/post-form'
import { Heading } from '@/components/ui/text/heading'
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
    <Disclosure look="text" open={message !== undefined} summary={eraseOrderWords.deleteMyDetails}>
      <PostForm
        action={eraseOrder}
        page={`/orders/${order.order_id}`}
        className="mt-3 grid max-w-prose justify-items-start gap-3"
      >
        <input type="hidden" name="order_id" value={order.order_id} />
        <p>{eraseOrderWords.nameEmailPhoneAnd}</p>
        <p>{eraseOrderWords.anOpenOrderKeeps}</p>
        <CheckField size="large" name="sure" required label={eraseOrderWords.yesDeleteMyDetails} />
        <Problem size="body">{message}</Problem>
        <Button size="large">{eraseOrderWords.deleteMyDetails}</Button>
      </PostForm>
    </Disclosure>
  )
}

/** The page of an order whose person was just deleted. */
export function DetailsDeleted() {
  return (
    <ShopPage>
      <div role="status">
        <Heading level={1}>{eraseOrderWords.detailsDeleted}</Heading>
        <p className="mt-3 max-w-prose text-lead">{eraseOrderWords.theShopKeepsOnly}</p>
      </div>
    </ShopPage>
  )
}
