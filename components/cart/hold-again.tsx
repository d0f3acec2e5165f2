'use client'

import { quietButton } from '@/components/ui/controls'
import { holdAgain, postHoldAgain } from '@/lib/actions/cart'
import { useCountdown } from '@/lib/client/use-countdown'
import { useFormAction } from '@/lib/client/use-form-action'
import type { Cart } from '@/lib/domain/cart'
import { cartHeldForMs, heldForMs } from '@/lib/domain/cart-sums'
import { lineName, unansweredWords } from './words'

/**
 * Offers to hold again what is no longer held; one tap for all of it. What could not be held again is named. Renders
 * a `<form>`, or nothing while everything is held.
 */
export function HoldAgain({ cart }: { cart: Cart }) {
  const { answer, isPending, isUnanswered, props } = useFormAction({ call: holdAgain, post: postHoldAgain })
  const left = useCountdown(cartHeldForMs(cart), cart.now)
  const over = cart.lines.filter((line) => line.for_sale && heldForMs(line, cart) <= 0)
  if (over.length === 0 && left !== 0) return null
  const wasTried = answer?.ok && over.length > 0
  return (
    <form {...props} className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-3 bg-sunken px-5 py-4">
      <p role="status" className="min-w-60 grow basis-0">
        {isUnanswered
          ? unansweredWords
          : wasTried
            ? `There is not enough left of ${over.map(lineName).join(' and ')} to hold it again. Take fewer, or take it out.`
            : 'The ten minutes are over for some of this. It stays in your cart, but others can take it now.'}
      </p>
      <button type="submit" aria-disabled={isPending || undefined} className={quietButton}>
        {isPending ? 'Holding …' : 'Hold it again'}
      </button>
    </form>
  )
}
