import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { TextLink } from '@/components/ui/text/text-link'
import { notFoundWords } from './words'

export const metadata: Metadata = { title: notFoundWords.pageNotFound }

export default function ShopNotFound() {
  return (
    <Apology title={notFoundWords.weCantFindThatPage} picture="/art/basket-sea-sand-5.svg">
      <p>{notFoundWords.theLinkMayBeWrong}</p>
      <p className="mt-6 flex gap-6 text-body">
        <TextLink href="/">{notFoundWords.backToTheShop}</TextLink>
        <TextLink href="/search">{notFoundWords.searchProducts}</TextLink>
      </p>
    </Apology>
  )
}
