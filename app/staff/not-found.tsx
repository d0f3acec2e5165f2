import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'
import { notFoundWords } from './words'

export const metadata: Metadata = { title: notFoundWords.pageNotFound }

export default function StaffNotFound() {
  return (
    <main>
      <Apology title={notFoundWords.weCantFindThatPage} picture="/art/basket-sea-sand-5.svg">
        <p>{notFoundWords.checkTheAddressOrGo}</p>
        <p className="mt-6 text-body">
          <Link href="/staff" className="underlined text-link">
            {notFoundWords.backToTheInventory}
          </Link>
        </p>
      </Apology>
    </main>
  )
}
