import { Button } from '@/components/ui/actions/button'
import { PostForm } from '@/components/ui/post-form'
import { orderAgain } from '@/lib/actions/shop/order-again'
import { orderAgainWords } from './words'

/** Puts what an order had into the cart, as far as it can be had now, and leads there. Renders a `<form>`. */
export function OrderAgain({ orderId }: { orderId: string }) {
  return (
    <PostForm action={orderAgain} page={`/orders/${orderId}`}>
      <input type="hidden" name="order_id" value={orderId} />
      <Button size="large">{orderAgainWords.orderAgain}</Button>
    </PostForm>
  )
}
