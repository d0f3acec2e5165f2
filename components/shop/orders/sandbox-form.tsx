import { Button } from '@/components/ui/actions/button'
import { PostForm } from '@/components/ui/post-form'
import { Text } from '@/components/ui/text/text'
import { payInSandbox } from '@/lib/actions/shop/orders'
import type { SandboxBehaviour } from '@/lib/domain/checkout/sandbox'
import { formatMoney } from '@/lib/domain/core/money'
import type { Order } from '@/lib/domain/orders/order'
import { sandboxFormWords } from './words'

/** The ways a provider misbehaves, and what a shop has to make of them. */
const misbehaviours: readonly { behaviour: SandboxBehaviour; title: string; words: string }[] = [
  {
    behaviour: 'decline',
    title: sandboxFormWords.decline,
    words: sandboxFormWords.theCardIsRefusedThe,
  },
  {
    behaviour: 'late',
    title: sandboxFormWords.payRespondLate,
    words: sandboxFormWords.theResponseTakesTwelveSeconds,
  },
  {
    behaviour: 'twice',
    title: sandboxFormWords.payRespondTwice,
    words: sandboxFormWords.theSameResponseIsSent,
  },
  {
    behaviour: 'out_of_order',
    title: sandboxFormWords.respondOutOfOrder,
    words: sandboxFormWords.anOlderDeclinedArrivesAfter,
  },
  {
    behaviour: 'silent',
    title: sandboxFormWords.neverRespond,
    words: sandboxFormWords.after15MinutesTheOrder,
  },
]

/** The page of a test provider: pays, or misbehaves in a chosen way. Renders a `<form>`. */
export function SandboxForm({ order }: { order: Order }) {
  const amount = formatMoney({ minor: order.payment.amount_minor, currency: order.currency })
  return (
    <PostForm action={payInSandbox} page={`/orders/${order.order_id}/pay`} className="max-w-prose">
      <input type="hidden" name="order_id" value={order.order_id} />
      <Text tone="soft">
        {sandboxFormWords.testPaymentForOrder} {order.number}
      </Text>
      <h1 className="figures mt-1 text-heading">{amount}</h1>
      <p className="mt-3">{sandboxFormWords.thisIsATestYou}</p>
      <Button kind="primary" size="large" name="behaviour" value="pay" className="mt-6 w-full">
        {sandboxFormWords.pay} {amount}
      </Button>
      <h2 className="mt-12 font-semibold">{sandboxFormWords.testAProblem}</h2>
      <ul className="mt-4 grid gap-4">
        {misbehaviours.map(({ behaviour, title, words }) => (
          <li key={behaviour} className="grid items-center gap-x-5 gap-y-1 tablet:grid-cols-[14rem_1fr]">
            <Button size="large" name="behaviour" value={behaviour}>
              {title}
            </Button>
            <Text size="small" tone="soft" id={behaviour}>
              {words}
            </Text>
          </li>
        ))}
      </ul>
    </PostForm>
  )
}
