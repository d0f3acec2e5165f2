import type { Metadata, Route } from 'next'
import { cartPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { CartContents } from '@/components/shop/cart/cart-contents'
import { CartsJoined } from '@/components/shop/cart/carts-joined'
import { EmptyCart } from '@/components/shop/cart/empty-cart'
import { KnownCart } from '@/components/shop/cart/known-cart'
import { OrderedAgainNotice } from '@/components/shop/cart/ordered-again'
import { askWords } from '@/components/shop/conversations/words'
import { ShopPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { AdoptedCart, OrderedAgain, PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { shelfOf } from '@/lib/domain/stock/shelf'
import { currentCart } from '@/lib/server/cart/carts'
import { readFlash } from '@/lib/server/http/flash'
import { lastOrder } from '@/lib/server/orders/orders'
import { firstValue } from '@/lib/server/platform/live'
import { lineFaces } from '@/lib/server/products/line-faces'

export const instant = false

export const metadata: Metadata = { title: cartPageWords.cart, robots: { index: false } }

export default orUnavailable('cart', async function CartPage() {
  const [cart, again] = [await currentCart(), await readFlash(OrderedAgain)]
  if (!cart || cart.lines.length === 0)
    return (
      <>
        <KnownCart cart={cart} />
        {again && <OrderedAgainNotice {...again} />}
        <EmptyCart lastOrder={await lastOrder()} />
      </>
    )
  const joined = await readFlash(AdoptedCart)
  const [faces, shelf] = await Promise.all([
    lineFaces(cart.lines),
    firstValue(shelfOf([...new Set(cart.lines.map(({ product_id }) => product_id))])),
  ])
  return (
    <ShopPage>
      <KnownCart cart={cart} />
      <Heading level={1} id="cart-heading" tabIndex={-1} className="mb-8 outline-none">
        {cartPageWords.inYourCart}
      </Heading>
      {again && <OrderedAgainNotice {...again} />}
      {joined && <CartsJoined fewer={joined.fewer} cart={cart} />}
      <Stack gap={10}>
        <CartContents cart={cart} faces={faces} shelf={shelf} posted={await readFlash(PostedRefusal)} />
        <Text size="small">
          <TextLink href={'/messages/new?about=cart' as Route}>{askWords.aboutYourCart}</TextLink>
        </Text>
      </Stack>
    </ShopPage>
  )
})
