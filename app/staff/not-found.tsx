import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { TextLink } from '@/components/ui/text/text-link'
import { notFoundWords } from './words'

export const metadata: Metadata = { title: notFoundWords.pageNotFound }

export default function StaffNotFound() {
  return (
    <main>
      <Apology title={notFoundWords.weCantFindThatPage} picture="/art/basket-sea-sand-5.svg">
        <p>{notFoundWords.checkTheAddressOrGo}</p>
        <p className="mt-6 text-body">
          <TextLink tone="link" href="/staff">
            {notFoundWords.backToTheInventory}
          </TextLink>
        </p>
      </Apology>
    </main>
  )
}
