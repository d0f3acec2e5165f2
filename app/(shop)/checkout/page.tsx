import type { Metadata } from 'next'
import { connection } from 'next/server'
import { checkoutPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { EmptyCart } from '@/components/shop/cart/empty-cart'
import { CheckoutForm } from '@/components/shop/checkout/checkout-form'
import { ShopPage } from '@/components/ui/layout/page'
import { Heading } from '@/components/ui/text/heading'
import { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import { needsQuote, quotedDelivery } from '@/lib/domain/checkout/quote-rules'
import { currentCart } from '@/lib/server/cart/carts'
import { deliveryCountries, quoteOrder } from '@/lib/server/checkout/quote'
import { readFlash } from '@/lib/server/http/flash'
import { lastOrder } from '@/lib/server/orders/orders'
import { onlineProvider } from '@/lib/server/platform/env'
import { knownBuyer } from '@/lib/server/session/known-buyer'
import { shopPlaces } from '@/lib/server/stock/shop-places'

export const instant = false

export const metadata: Metadata = { title: checkoutPageWords.checkout, robots: { index: false } }

export default orUnavailable('checkout', async function CheckoutPage() {
  await connection()
  const [cart, points, buyer, countries, posted] = await Promise.all([
    currentCart(),
    shopPlaces(),
    knownBuyer(),
    deliveryCountries(),
    readFlash(CheckoutAnswer),
  ])
  if (!cart || cart.lines.length === 0) return <EmptyCart lastOrder={await lastOrder()} />
  const delivery = quotedDelivery(posted?.typed ?? buyer ?? {})
  const quote = needsQuote(cart, delivery, countries !== null) ? await quoteOrder(delivery) : null
  return (
    <ShopPage>
      <Heading level={1} className="mb-8">
        {checkoutPageWords.checkout}
      </Heading>
      <CheckoutForm
        cart={cart}
        points={points}
        online={onlineProvider()}
        buyer={buyer}
        countries={countries}
        firstQuote={quote && { delivery, quote }}
        posted={posted}
      />
    </ShopPage>
  )
})
