import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'

export const metadata: Metadata = { title: 'Page not found' }

export default function ShopNotFound() {
  return (
    <Apology title="We can’t find that page." picture="/art/basket-sea-sand-5.svg">
      <p>
        The link may be wrong, or the product may no longer exist. Check the address, or search for the
        product.
      </p>
      <p className="mt-6 flex gap-6 text-body">
        <Link href="/" className="underlined">
          Back to the shop
        </Link>
        <Link href="/search" className="underlined">
          Search products
        </Link>
      </p>
    </Apology>
  )
}
