'use client'

import type { FormEvent } from 'react'
import { refusalWords, unansweredWords } from '@/components/shop/cart/words'
import { LinkButton } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { FormFields } from '@/components/ui/form-fields'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { changeCartLine } from '@/lib/actions/shop/cart'
import { useForm } from '@/lib/client/forms/use-form'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { CartLine } from '@/lib/domain/cart/cart'
import type { PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { isShort } from '@/lib/domain/cart/cart-holds'
import { repairOffers } from '@/lib/domain/cart/repair-offers'
import type { LineFace } from '@/lib/domain/products/product'
import { nameOf } from '@/lib/domain/products/variant-name'
import { isBuyable, type ShelfRow, shelfOf, stockOfVariant } from '@/lib/domain/stock/shelf'
import { Repairs } from './repairs'
import { quantityFormWords } from './words'

const step =
  'grid size-11 cursor-pointer place-items-center rounded-small border border-field text-lead hover:bg-raised aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:text-soft'

/**
 * Adds a unit, removes one, or removes the line: each tap is a separate change and shows at once. A line without a
 * reservation that wants more units than the shelf has takes no more, and offers the rest or a sibling. Works without JavaScript.
 * Renders a `<form>`.
 */
export function QuantityForm({
  line,
  shelf,
  siblings,
  isHeld,
  posted,
  countAhead,
}: {
  line: CartLine
  shelf: readonly ShelfRow[]
  siblings: LineFace['siblings']
  isHeld: boolean
  posted: PostedRefusal | null
  countAhead: (id: string, by: number) => void
}) {
  const { answer, isPending, isUnanswered, isUnsent, props } = useForm(changeCartLine, {
    post: changeCartLine,
    requests: 'each',
    applyOptimistic: (fields) => {
      countAhead(line.variant_id, Number(fields.get('by') ?? 0))
      return undefined
    },
  })
  const { rows } = useLiveQuery(shelfOf([line.product_id]), shelf)
  const stock = stockOfVariant(rows, line.variant_id)
  const isLineShort = isShort(line, isHeld, stock)
  const offers = repairOffers({
    variant_id: line.variant_id,
    wanted: line.quantity,
    left: stock.left ?? 0,
    siblings: siblings.flatMap(({ id, optionValues }) => {
      const stock = stockOfVariant(rows, id)
      return isBuyable(stock) ? [{ variant_id: id, option_values: [...optionValues], left: stock.left }] : []
    }),
  })
  const refusal = isPending ? null : answer ? (answer.ok ? null : answer.error) : (posted?.refusal ?? null)
  const name = nameOf(line)

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    const { submitter } = event.nativeEvent as SubmitEvent
    props.onSubmit(event)
    // The focused element is about to be removed; the heading of the cart stays.
    if (
      submitter?.getAttribute('name') === 'by' &&
      Number(submitter.getAttribute('value')) === -line.quantity
    ) {
      document.getElementById('cart-heading')?.focus()
    }
  }

  return (
    <form {...props} onSubmit={onSubmit} className="mt-3">
      <input type="hidden" name="variant_id" value={line.variant_id} />
      <FormFields page="/cart" />
      {!isHeld && <input type="hidden" name="hold_again" value="yes" />}
      <div className="flex flex-wrap items-center gap-x-1 gap-y-2">
        <button
          type="submit"
          name="by"
          value="-1"
          aria-label={quantityFormWords.decreaseQuantity(name)}
          aria-disabled={line.quantity <= 1 || undefined}
          className={step}
        >
          −
        </button>
        <span className="figures min-w-10 text-center">
          <VisuallyHidden>{quantityFormWords.quantity} </VisuallyHidden>
          <span>{line.quantity}</span>
        </span>
        {!isLineShort && (
          <button
            type="submit"
            name="by"
            value="1"
            aria-label={quantityFormWords.increaseQuantity(name)}
            aria-disabled={line.quantity >= 99 || !line.for_sale || undefined}
            className={step}
          >
            +
          </button>
        )}
        <LinkButton
          type="submit"
          size="text"
          name="by"
          value={-line.quantity}
          aria-label={quantityFormWords.remove(name)}
          className="ml-auto text-small"
        >
          {quantityFormWords.remove2}
        </LinkButton>
      </div>
      {isLineShort && <Repairs offers={offers} />}
      <Problem role="status" className="mt-2">
        {isUnanswered ? unansweredWords(isUnsent) : refusal && refusalWords(refusal)}
      </Problem>
    </form>
  )
}
