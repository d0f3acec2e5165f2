import type { Metadata } from 'next'
import ShopLayout from './(shop)/layout'
import ShopNotFound from './(shop)/not-found'
import { rootNotFoundWords } from './words'

export const metadata: Metadata = { title: rootNotFoundWords.pageNotFound }

/** An address no route knows: the shop's own page for it, in the shop's own frame. */
export default function NotFound() {
  return (
    <ShopLayout>
      <ShopNotFound />
    </ShopLayout>
  )
}
