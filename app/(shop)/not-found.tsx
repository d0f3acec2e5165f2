import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'

export const metadata: Metadata = { title: 'Not here' }

export default function ShopNotFound() {
  return (
    <Apology title="Not on any shelf." picture="/art/basket-sea-sand-5.svg">
      <p>
        This address leads to nothing we have. Perhaps the edition ran out long ago and took its page along,
        perhaps a letter slipped.
      </p>
      <p className="mt-6 flex gap-6 text-body">
        <Link href="/" className="underlined">
          Back to the shop
        </Link>
        <Link href="/search" className="underlined">
          Search for it
        </Link>
      </p>
    </Apology>
  )
}
