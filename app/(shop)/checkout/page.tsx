import type { Metadata } from 'next'
import { connection } from 'next/server'
import { checkoutPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { EmptyCart } from '@/components/shop/cart/empty-cart'
import { CheckoutForm } from '@/components/shop/checkout/checkout-form'
import { ShopPage } from '@/components/ui/layout/page'
import { Heading } from '@/components/ui/text/heading'
import { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import { currentCart } from '@/lib/server/cart/carts'
import { readFlash } from '@/lib/server/http/flash'
import { lastOrder } from '@/lib/server/orders/orders'
import { offersSandbox } from '@/lib/server/platform/env'
import { knownBuyer } from '@/lib/server/session/known-buyer'
import { shopPlaces } from '@/lib/server/stock/shop-places'

export const instant = false

export const metadata: Metadata = { title: checkoutPageWords.checkout, robots: { index: false } }

export default orUnavailable('checkout', async function CheckoutPage() {
  await connection()
  const [cart, points, buyer] = await Promise.all([currentCart(), shopPlaces(), knownBuyer()])
  if (!cart || cart.lines.length === 0) return <EmptyCart lastOrder={await lastOrder()} />
  return (
    <ShopPage>
      <Heading level={1} className="mb-8">
        {checkoutPageWords.checkout}
      </Heading>
      <CheckoutForm
        cart={cart}
        points={points}
        offersSandbox={offersSandbox()}
        buyer={buyer}
        posted={await readFlash(CheckoutAnswer)}
      />
    </ShopPage>
  )
})
