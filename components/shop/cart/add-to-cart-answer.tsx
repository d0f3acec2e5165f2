import type { Route } from 'next'
import { stockWords } from '@/components/stock/words'
import { Link } from '@/components/ui/link'
import { largeQuietButton } from '@/components/ui/looks'
import type { Form } from '@/lib/client/forms/use-form'
import type { CartAnswer, PostedRefusal } from '@/lib/domain/cart/cart-answer'
import type { UnmetLine } from '@/lib/domain/cart/unmet-line'
import { stillPossible } from '@/lib/domain/forms/still-possible'
import type { ProductFace, Variant } from '@/lib/domain/products/product'
import { addToCartAnswerWords, refusalWords, unansweredWords } from './words'

/** How the last tap fared, and what can be done now. Renders a live region that keeps its line when it is empty. */
export function AddToCartAnswer({
  product,
  variant,
  form: { answer, isPending, isUnanswered, isUnsent },
  asked: askedNow,
  inCart,
  posted,
}: {
  product: ProductFace
  variant: Variant
  form: Form<CartAnswer>
  asked: number
  inCart: number
  posted: PostedRefusal | null
}) {
  const said = !answer && !isPending && posted?.variant_id === variant.id ? posted : null
  const asked = said?.asked ?? askedNow
  const refusal = said?.refusal ?? (!isPending && answer && !answer.ok ? answer.error : null)
  const short = refusal?.code === 'not_enough_left' ? refusal.detail.short[0] : undefined
  return (
    <div className="mt-3 min-h-7">
      <div role="status">
        {refusal || isUnanswered ? (
          <p className="text-danger">
            {refusal ? refusalWords(refusal, { asked }) : unansweredWords(isUnsent)}
          </p>
        ) : isPending ? (
          <p className="text-soft italic">{addToCartAnswerWords.addingToYourCart}</p>
        ) : inCart > 0 ? (
          <p>
            <span className="figures">{inCart}</span> {addToCartAnswerWords.inYourCart}{' '}
            <Link href="/cart" className="underlined">
              {addToCartAnswerWords.viewCart}
            </Link>
          </p>
        ) : null}
      </div>
      {refusal?.code === 'hold_paused' && (
        <p>
          <Link href="/cart" className="underlined">
            {addToCartAnswerWords.viewCart}
          </Link>
        </p>
      )}
      {short && <Repairs product={product} short={short} asked={asked} />}
    </div>
  )
}

/** The alternatives: fewer units, or another variant. */
function Repairs({ product, short, asked }: { product: ProductFace; short: UnmetLine; asked: number }) {
  const possible = stillPossible(short, asked)
  const siblings = short.siblings.flatMap((sibling) => {
    const sku = product.variants.find(({ id }) => id === sibling.variant_id)?.sku
    return sku ? [{ ...sibling, sku }] : []
  })
  return (
    <>
      {possible > 0 && (
        <button type="submit" name="instead" value={possible} className={`${largeQuietButton} mt-3`}>
          {possible === 1 ? addToCartAnswerWords.addTheLastOne : addToCartAnswerWords.addInstead(possible)}
        </button>
      )}
      {siblings.length > 0 && (
        <p className="mt-3">
          {addToCartAnswerWords.stillInStock}{' '}
          {siblings.map(({ sku, option_values, band, left }, i) => (
            <span key={sku}>
              {i > 0 && (i === siblings.length - 1 ? addToCartAnswerWords.and : ', ')}
              <Link
                href={`/products/${product.handle}?variant=${encodeURIComponent(sku)}` as Route}
                replace
                scroll={false}
                className="underlined"
              >
                {option_values.join(', ')}
              </Link>{' '}
              <span className="figures text-soft">({stockWords({ band, left }).toLowerCase()})</span>
            </span>
          ))}
          .
        </p>
      )}
    </>
  )
}
