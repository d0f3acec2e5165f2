'use client'

import { unansweredWords } from '@/components/shop/cart/words'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Problem } from '@/components/ui/feedback/problem'
import { FormFields } from '@/components/ui/form-fields'
import { Stack } from '@/components/ui/layout/stack'
import { cancelOrder } from '@/lib/actions/shop/orders'
import { useForm } from '@/lib/client/forms/use-form'
import { orderRefusalWords } from './refusal-words'
import { cancelFormWords } from './words'

/** Cancels an order, after a confirmation. Works without JavaScript. Renders a `<details>`. */
export function CancelForm({ orderId }: { orderId: string }) {
  const { answer, isPending, isUnanswered, isUnsent, props } = useForm(cancelOrder, { post: cancelOrder })
  return (
    <Disclosure look="text" summary={cancelFormWords.cancelOrder}>
      <Stack as="form" gap={3} hugs {...props}>
        <input type="hidden" name="order_id" value={orderId} />
        <FormFields page={`/orders/${orderId}`} />
        <p>{cancelFormWords.yourItemsAreReleasedAnd}</p>
        <Button size="large" aria-disabled={isPending || undefined}>
          {isPending ? cancelFormWords.cancelling : cancelFormWords.yesCancelOrder}
        </Button>
        <Problem size="body" role="status">
          {isUnanswered ? unansweredWords(isUnsent) : answer?.ok === false && orderRefusalWords(answer.error)}
        </Problem>
      </Stack>
    </Disclosure>
  )
}
