import type { Route } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'
import { emptyCartWords } from './words'

/** A cart with nothing in it, and the ways on from there. Renders a `<div>`. */
export function EmptyCart({ lastOrder }: { lastOrder: string | null }) {
  return (
    <Apology title={emptyCartWords.yourCartIsEmpty} picture="/art/basket-sea-sand-5.svg">
      <p>{emptyCartWords.itemsInYourCartAre}</p>
      <p className="mt-6 flex flex-wrap gap-x-6 gap-y-2 text-body">
        <Link href="/#shelf" className="underlined">
          {emptyCartWords.browseProducts}
        </Link>
        {lastOrder && (
          <Link href={`/orders/${lastOrder}` as Route} className="underlined">
            {emptyCartWords.viewYourLastOrder}
          </Link>
        )}
      </p>
    </Apology>
  )
}
