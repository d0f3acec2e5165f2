import type { Route } from 'next'
import type { ReactNode, Ref } from 'react'
import { Repairs } from '@/components/shop/cart/repairs'
import { refusalWords, shortWords } from '@/components/shop/cart/words'
import { Link } from '@/components/ui/link'
import type { Cart } from '@/lib/domain/cart/cart'
import { repairOffers } from '@/lib/domain/cart/repair-offers'
import type { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import { checkoutFields } from '@/lib/domain/checkout/checkout-fields'
import type { Refusal } from '@/lib/domain/core/refusal'
import { nameOf } from '@/lib/domain/products/variant-name'
import { fieldLabels } from './words'

/** Why there is no order yet, with the way to each thing to put right. Renders a `<div>` that takes the focus, or nothing. */
export function CheckoutTrouble({
  answer,
  isUnanswered,
  cart,
  ref,
}: {
  answer: CheckoutAnswer | null
  isUnanswered: boolean
  cart: Cart
  ref: Ref<HTMLDivElement>
}) {
  if (isUnanswered) {
    return (
      <Box ref={ref} title="We couldn’t confirm your order.">
        <p>Place the order again to check. You will not be charged twice.</p>
      </Box>
    )
  }
  if (!answer) return null
  if (answer.refusal) {
    return (
      <Box ref={ref} title="Your order is not placed yet.">
        <RefusalWords refusal={answer.refusal} cart={cart} />
        <WayOn refusal={answer.refusal} lastOrder={answer.lastOrder} />
      </Box>
    )
  }
  const wrong = checkoutFields.filter((field) => answer.problems[field])
  if (wrong.length === 0) {
    return (
      <Box ref={ref} title="Your cart is fixed.">
        <p>Check your order, then place it.</p>
      </Box>
    )
  }
  return (
    <Box
      ref={ref}
      title={wrong.length === 1 ? 'One detail is missing.' : `${wrong.length} details are missing.`}
    >
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {wrong.map((field) => (
          <li key={field}>
            <a href={`#${field}`} className="underlined">
              {fieldLabels[field]}
            </a>
          </li>
        ))}
      </ul>
    </Box>
  )
}

function Box({ title, children, ref }: { title: string; children: ReactNode; ref: Ref<HTMLDivElement> }) {
  return (
    <div ref={ref} role="alert" tabIndex={-1} className="border-danger border-l-4 bg-raised px-5 py-4">
      <h2 className="font-semibold text-danger">{title}</h2>
      <div className="mt-1.5">{children}</div>
    </div>
  )
}

function RefusalWords({ refusal, cart }: { refusal: Refusal; cart: Cart }) {
  if (refusal.code !== 'not_enough_left') return <p>{refusalWords(refusal, { currency: cart.currency })}</p>
  return (
    <>
      <p>Your reservation had expired, and another shopper bought some of your items:</p>
      <ul className="mt-1.5 grid gap-1">
        {refusal.detail.short.map((short) => {
          const line = cart.lines.find(({ variant_id }) => variant_id === short.variant_id)
          return (
            <li key={short.variant_id}>
              {line && <span className="font-medium">{nameOf(line)}. </span>}
              {shortWords(short, short.wanted)}
              <Repairs offers={repairOffers(short)} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

function WayOn({ refusal, lastOrder }: { refusal: Refusal; lastOrder: string | null }) {
  const wasOrdered = refusal.code === 'cart_empty' || refusal.code === 'idempotency_key_reused'
  return (
    <p className="mt-3">
      {refusal.code === 'proof_needed' ? (
        <Link href="/account/sign-in?next=/checkout" className="underlined">
          Sign in to place order
        </Link>
      ) : wasOrdered && lastOrder ? (
        <Link href={`/orders/${lastOrder}` as Route} className="underlined">
          View your order
        </Link>
      ) : (
        <Link href="/cart" className="underlined">
          Fix it in your cart
        </Link>
      )}
    </p>
  )
}
