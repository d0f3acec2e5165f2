'use client'

import { type FormEvent, useEffect, useRef } from 'react'
import { unansweredWords } from '@/components/shop/cart/words'
import { Button } from '@/components/ui/actions/button'
import { FormFields } from '@/components/ui/form-fields'
import { extendCartHold } from '@/lib/actions/shop/cart'
import { useForm } from '@/lib/client/forms/use-form'
import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { Cart } from '@/lib/domain/cart/cart'
import { cartHeldForMs, heldForMs } from '@/lib/domain/cart/cart-holds'
import { nameOf } from '@/lib/domain/products/variant-name'
import { isBuyable, type ShelfRow, shelfOf, stockOfVariant } from '@/lib/domain/stock/shelf'
import { holdAgainWords } from './words'

/**
 * Reserves expired items again: automatically when the cart is opened and when their units are back in stock; on
 * request when a reservation expires on an open page, which would otherwise never end. Items that could not be
 * reserved are named. Renders a `<form>`, or a `<p>` once all is reserved.
 */
export function HoldAgain({ cart, shelf }: { cart: Cart; shelf: readonly ShelfRow[] }) {
  const form = useRef<HTMLFormElement>(null)
  const { answer, isPending, isUnanswered, isUnsent, props } = useForm(extendCartHold, {
    post: extendCartHold,
  })
  const left = useCountdown(cartHeldForMs(cart), cart.now)
  // A line that was held for as long as possible says itself when it can be held again.
  const over = cart.lines.filter(
    (line) => line.for_sale && line.paused_until === null && heldForMs(line, cart) <= 0,
  )
  const isAllPaused = over.length === 0 && cart.lines.some((line) => line.paused_until !== null)
  const { rows } = useLiveQuery(shelfOf([...new Set(cart.lines.map(({ product_id }) => product_id))]), shelf)
  const wasTried = answer?.ok === true && over.length > 0
  const isBack = over.some((line) => {
    const stock = stockOfVariant(rows, line.variant_id)
    return isBuyable(stock) && (stock.left === null || stock.left >= line.quantity)
  })
  /** The shelf as it was at the last try: without another one, another try would end the same. */
  const seen = rows.map(({ variant_id, version }) => `${variant_id}:${version}`).join()
  const seenAtTry = useRef<string | null>(null)
  const wasOver = useRef(over.length > 0)

  useEffect(() => {
    if (wasOver.current) form.current?.requestSubmit()
  }, [])
  useEffect(() => {
    if (wasTried && isBack && !isPending && seen !== seenAtTry.current) form.current?.requestSubmit()
  }, [wasTried, isBack, isPending, seen])

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    seenAtTry.current = seen
    props.onSubmit(event)
  }

  if (isAllPaused || (over.length === 0 && left !== 0)) {
    return (
      <p role="status" className="mb-6 empty:mb-0">
        {answer?.ok && !isAllPaused && holdAgainWords.yourItemsAreReservedAgain}
      </p>
    )
  }
  return (
    <form
      ref={form}
      {...props}
      onSubmit={onSubmit}
      className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-3 bg-sunken px-5 py-4"
    >
      <FormFields page="/cart" />
      <p role="status" className="min-w-60 grow basis-0">
        {isUnanswered
          ? unansweredWords(isUnsent)
          : wasTried
            ? holdAgainWords.notEnoughLeftOfWell(over.map(nameOf).join(holdAgainWords.and))
            : holdAgainWords.someItemsAreNoLonger}
      </p>
      <Button size="large" aria-disabled={isPending || undefined}>
        {isPending ? holdAgainWords.reserving : holdAgainWords.reserveAgain}
      </Button>
    </form>
  )
}
