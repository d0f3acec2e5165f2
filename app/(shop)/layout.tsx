import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { noneIfUnavailable } from '@/app/unavailable-page'
import { SkipLink } from '@/components/shell/skip-link'
import { CartCountProvider } from '@/components/shop/cart/cart-count'
import { SiteFooter } from '@/components/shop/shell/site-footer'
import { SiteHeader } from '@/components/shop/shell/site-header'
import { countOf, stampOf } from '@/lib/domain/cart/cart-sums'
import { cartIfReadable } from '@/lib/server/cart/carts'
import { listCategories } from '@/lib/server/products/catalog'
import { isSignedIn } from '@/lib/server/session/shopper'
import { shopPlaces } from '@/lib/server/stock/shop-places'

export default async function ShopLayout({ children }: { children: ReactNode }) {
  // Layouts render beside each other: the root's waiting does not keep this one from asking during the build.
  await connection()
  // The frame is shown without what cannot be had; the page in it says what is missing.
  const [categories, places, { cart, isReadable }, signedIn] = await Promise.all([
    listCategories().catch(noneIfUnavailable),
    shopPlaces().catch(noneIfUnavailable),
    cartIfReadable(),
    isSignedIn(),
  ])
  return (
    <CartCountProvider first={countOf(cart)} stamp={cart && stampOf(cart)} isKnown={isReadable}>
      <SkipLink />
      <SiteHeader categories={categories ?? []} isSignedIn={signedIn} />
      <main id="content" tabIndex={-1} className="outline-none">
        {children}
      </main>
      <SiteFooter categories={categories ?? []} places={places ?? []} />
    </CartCountProvider>
  )
}
