'use client'

import type { FormEvent } from 'react'
import { useState } from 'react'
import { FormFields } from '@/components/ui/form-fields'
import { largeControl, largePrimaryButton, textButton } from '@/components/ui/looks'
import { addToCart } from '@/lib/actions/shop/cart'
import { useForm } from '@/lib/client/forms/use-form'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { useReturn } from '@/lib/client/live/hooks/use-return'
import type { PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { quantityOf } from '@/lib/domain/cart/cart-sums'
import type { ProductFace, Variant } from '@/lib/domain/products/product'
import {
  isBuyable,
  offeredUnits,
  type ShelfRow,
  shelfOf,
  shelfOfVariants,
  stockOfVariant,
} from '@/lib/domain/stock/shelf'
import { AddToCartAnswer } from './add-to-cart-answer'
import { useOwnCart } from './own-cart'
import { addToCartWords } from './words'

/** The first request of a guest comes back with a cart cookie; the second one sends it. */
const addTwice: typeof addToCart = async (fields) => {
  const answer = await addToCart(fields)
  return answer.ok || answer.error.code !== 'cookies_blocked' ? answer : addToCart(fields)
}

/** The same empty shelf every time. */
const none: readonly ShelfRow[] = []

/**
 * Adds units to the cart and reserves them. The cart count changes at once and is corrected by a refusal. On a
 * sold-out shelf the button shows "Sold out" and keeps its focus, without a quantity; a restored page waits for its
 * shelf. Works without JavaScript. Renders a `<form>`.
 *
 * @param first the product's shelf; null for a shelf that came too late: the button is then enabled.
 * @param least the units that are there where the shelf tells no number: the list offers no more than can be had.
 * @param inCart the units in the cart, for a page that was rendered for this shopper.
 * @param posted the refusal of the request before, without JavaScript.
 */
export function AddToCart({
  product,
  variant,
  first,
  least,
  inCart = 0,
  posted = null,
}: {
  product: ProductFace
  variant: Variant
  first: readonly ShelfRow[] | null
  least: number
  inCart?: number
  posted?: PostedRefusal | null
}) {
  const { rows, freshness } = useLiveQuery(
    product.isWide ? shelfOfVariants([variant.id]) : shelfOf([product.id]),
    first ?? none,
  )
  const isReturning = useReturn(freshness)
  const stock = stockOfVariant(rows, variant.id)
  const possible = offeredUnits(stock, least)
  // Chosen before others bought: it stays, and the answer says how many are left. Nothing is added in its place unasked.
  const [chosen, setChosen] = useState(1)
  const isSoldOut = rows.length > 0 && !isBuyable(stock)
  const { cart, countAhead, learn } = useOwnCart()
  const [asked, setAsked] = useState(1)
  const form = useForm(addTwice, {
    post: '/cart/add',
    applyOptimistic: (fields) => {
      countAhead(unitsAskedFor(fields))
      return undefined
    },
    onAnswer: (answer) => answer.ok && learn(answer.data),
  })
  const address = `?variant=${encodeURIComponent(variant.sku)}`

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    if (isReturning) {
      event.preventDefault()
      return
    }
    // The page stays on this variant when it is rendered again, also after its last unit was bought.
    history.replaceState(null, '', address)
    const { submitter } = event.nativeEvent as SubmitEvent
    setAsked(unitsAskedFor(new FormData(event.currentTarget, submitter)))
    form.props.onSubmit(event)
  }

  return (
    <form {...form.props} onSubmit={onSubmit} className="mt-5">
      <input type="hidden" name="variant_id" value={variant.id} />
      <FormFields page={`/products/${product.handle}/answer${address}`} />
      <div className="flex gap-3">
        <label className="shrink-0">
          <span className="sr-only">{addToCartWords.quantity}</span>
          <select
            name="quantity"
            value={chosen}
            onChange={({ target }) => setChosen(+target.value)}
            disabled={isSoldOut}
            className={`${largeControl} figures w-20 disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-soft`}
          >
            {Array.from({ length: possible }, (_, i) => i + 1).map((count) => (
              <option key={count}>{count}</option>
            ))}
            {chosen > possible && <option>{chosen}</option>}
          </select>
        </label>
        <button
          type="submit"
          aria-disabled={isSoldOut || isReturning || undefined}
          className={`${largePrimaryButton} grow ${isReturning ? 'transition-colors delay-200' : ''}`}
        >
          {isSoldOut ? addToCartWords.soldOut : addToCartWords.addToCart}
        </button>
      </div>
      {isSoldOut && (
        <a
          href={`/waitlist/new?product=${product.handle}&variant=${encodeURIComponent(variant.sku)}`}
          className={`${textButton} mt-2 inline-flex items-center`}
        >
          {addToCartWords.join}
        </a>
      )}
      <AddToCartAnswer
        product={product}
        variant={variant}
        form={form}
        asked={asked}
        inCart={cart === undefined ? inCart : quantityOf(cart, variant.id)}
        posted={posted}
      />
    </form>
  )
}

function unitsAskedFor(fields: FormData): number {
  return Number(fields.get('instead') ?? fields.get('quantity') ?? 1)
}
