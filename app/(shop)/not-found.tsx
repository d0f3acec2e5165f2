import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'
import { notFoundWords } from './words'

export const metadata: Metadata = { title: notFoundWords.pageNotFound }

export default function ShopNotFound() {
  return (
    <Apology title={notFoundWords.weCantFindThatPage} picture="/art/basket-sea-sand-5.svg">
      <p>{notFoundWords.theLinkMayBeWrong}</p>
      <p className="mt-6 flex gap-6 text-body">
        <Link href="/" className="underlined">
          {notFoundWords.backToTheShop}
        </Link>
        <Link href="/search" className="underlined">
          {notFoundWords.searchProducts}
        </Link>
      </p>
    </Apology>
  )
}
