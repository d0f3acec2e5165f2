import { Button } from '@/components/ui/actions/button'
import { Fact, Facts } from '@/components/ui/data/facts'
import { Problem } from '@/components/ui/feedback/problem'
import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { PostForm } from '@/components/ui/post-form'
import { withdrawFromContract } from '@/lib/actions/shop/orders'
import { shopDay } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import type { WithdrawalAttempt } from '@/lib/domain/orders/order-request'
import { attemptWords, withdrawalWords } from './words'

/** The statement by which a buyer withdraws from the contract, and its button. Renders a `<form>`. */
export function WithdrawalForm({ order, attempt }: { order: Order; attempt: WithdrawalAttempt | null }) {
  return (
    <PostForm action={withdrawFromContract} page={`/orders/${order.order_id}/withdraw`}>
      <Stack gap={6} width="form">
        <input type="hidden" name="order_id" value={order.order_id} />
        <p>{withdrawalWords.statement}</p>
        <Facts>
          <Fact name={withdrawalWords.name}>{order.name}</Fact>
          <Fact name={withdrawalWords.orderedOn}>{shopDay(order.created_at)}</Fact>
          <Fact name={withdrawalWords.confirmationGoesTo}>{order.email}</Fact>
        </Facts>
        <TextField
          size="large"
          id="withdrawn-items"
          name="items"
          label={withdrawalWords.items}
          hint={withdrawalWords.itemsHint}
          problem={attempt?.withdrawal === 'too_long' && attemptWords.too_long}
          autoComplete="off"
        />
        <Problem size="body">{attempt?.withdrawal === 'refused' && attemptWords.refused}</Problem>
        <div>
          <Button size="large" kind="primary">
            {withdrawalWords.confirm}
          </Button>
        </div>
      </Stack>
    </PostForm>
  )
}
