import type { Route } from 'next'
import type { ReactNode, Ref } from 'react'
import { Repairs } from '@/components/shop/cart/lines/repairs'
import { shortWords } from '@/components/shop/cart/words'
import { orderRefusalWords } from '@/components/shop/orders/refusal-words'
import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Cart } from '@/lib/domain/cart/cart'
import { repairOffers } from '@/lib/domain/cart/repair-offers'
import type { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import { checkoutFields } from '@/lib/domain/checkout/checkout-fields'
import type { Refusal } from '@/lib/domain/core/refusal'
import { nameOf } from '@/lib/domain/products/variant-name'
import { checkoutTroubleWords, fieldLabels } from './words'

/**
 * The reasons why the order is not placed, each with a link to its field. Renders a `<div>` that takes the focus, or
 * nothing.
 */
export function CheckoutTrouble({
  answer,
  isUnanswered,
  isUnsent,
  cart,
  ref,
}: {
  answer: CheckoutAnswer | null
  isUnanswered: boolean
  isUnsent: boolean
  cart: Cart
  ref: Ref<HTMLDivElement>
}) {
  if (isUnsent) {
    return (
      <Box ref={ref} title={checkoutTroubleWords.youAreOffline}>
        <p>{checkoutTroubleWords.nothingWasSent}</p>
      </Box>
    )
  }
  if (isUnanswered) {
    return (
      <Box ref={ref} title={checkoutTroubleWords.weCouldntConfirmYourOrder}>
        <p>{checkoutTroubleWords.placeTheOrderAgainTo}</p>
      </Box>
    )
  }
  if (!answer) return null
  if (answer.refusal) {
    return (
      <Box ref={ref} title={checkoutTroubleWords.yourOrderIsNotPlaced}>
        <RefusalWords refusal={answer.refusal} cart={cart} />
        <WayOn refusal={answer.refusal} lastOrder={answer.lastOrder} />
      </Box>
    )
  }
  const wrong = checkoutFields.filter((field) => answer.problems[field])
  if (wrong.length === 0) {
    return (
      <Box
        ref={ref}
        isNews
        title={
          answer.isQuoted ? checkoutTroubleWords.yourTotalIsUpdated : checkoutTroubleWords.yourCartIsFixed
        }
      >
        <p>{checkoutTroubleWords.checkYourOrderThenPlace}</p>
      </Box>
    )
  }
  return (
    <Box
      ref={ref}
      title={problemTitle(
        wrong.length,
        wrong.every((field) => answer.problems[field] === 'missing'),
      )}
    >
      <Row as="ul" gap="text">
        {wrong.map((field) => (
          <li key={field}>
            <a href={`#${field}`} className="underlined">
              {fieldLabels[field]}
            </a>
          </li>
        ))}
      </Row>
    </Box>
  )
}

function Box({
  title,
  isNews,
  children,
  ref,
}: {
  title: string
  /** Nothing is wrong: what was asked for was done. */
  isNews?: boolean
  children: ReactNode
  ref: Ref<HTMLDivElement>
}) {
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      data-news={isNews}
      className="group border-danger border-l-4 bg-raised px-5 py-4 data-news:border-ink"
    >
      <h2 className="font-semibold text-danger group-data-news:text-ink">{title}</h2>
      <div className="mt-1.5">{children}</div>
    </div>
  )
}

function RefusalWords({ refusal, cart }: { refusal: Refusal; cart: Cart }) {
  if (refusal.code !== 'not_enough_left') return <p>{orderRefusalWords(refusal, cart.currency)}</p>
  return (
    <>
      <p>{checkoutTroubleWords.yourReservationHadExpiredAnd}</p>
      <ul className="mt-1.5 grid gap-1">
        {refusal.detail.short.map((short) => {
          const line = cart.lines.find(({ variant_id }) => variant_id === short.variant_id)
          return (
            <li key={short.variant_id}>
              {line && (
                <Text as="span" weight="medium">
                  {nameOf(line)}.{' '}
                </Text>
              )}
              {shortWords(short, short.wanted)}
              <Repairs offers={repairOffers(short)} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The page on which a refusal can be mended; nothing where that is this page. */
function WayOn({ refusal, lastOrder }: { refusal: Refusal; lastOrder: string | null }) {
  if (refusal.code === 'discount_refused' || refusal.code === 'not_deliverable') return null
  const wasOrdered = refusal.code === 'cart_empty' || refusal.code === 'idempotency_key_reused'
  return (
    <p className="mt-3">
      {refusal.code === 'proof_needed' ? (
        <TextLink href="/account/sign-in?next=/checkout">{checkoutTroubleWords.signInToPlaceOrder}</TextLink>
      ) : wasOrdered && lastOrder ? (
        <TextLink href={`/orders/${lastOrder}` as Route}>{checkoutTroubleWords.viewYourOrder}</TextLink>
      ) : (
        <TextLink href="/cart">{checkoutTroubleWords.fixItInYourCart}</TextLink>
      )}
    </p>
  )
}

function problemTitle(count: number, areMissing: boolean): string {
  const { oneDetailIsMissing, detailsAreMissing, checkOneDetail, checkDetails } = checkoutTroubleWords
  if (count === 1) return areMissing ? oneDetailIsMissing : checkOneDetail
  return areMissing ? detailsAreMissing(count) : checkDetails(count)
}
