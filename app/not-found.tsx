import type { Metadata } from 'next'
import ShopLayout from './(shop)/layout'
import ShopNotFound from './(shop)/not-found'

export const metadata: Metadata = { title: 'Page not found' }

/** An address no route knows: the shop's own page for it, in the shop's own frame. */
export default function NotFound() {
  return (
    <ShopLayout>
      <ShopNotFound />
    </ShopLayout>
  )
}
