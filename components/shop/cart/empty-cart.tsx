import type { Route } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'

/** A cart with nothing in it, and the ways on from there. Renders a `<div>`. */
export function EmptyCart({ lastOrder }: { lastOrder: string | null }) {
  return (
    <Apology title="Your cart is empty." picture="/art/basket-sea-sand-5.svg">
      <p>Items in your cart are reserved for you for ten minutes.</p>
      <p className="mt-6 flex flex-wrap gap-x-6 gap-y-2 text-body">
        <Link href="/#shelf" className="underlined">
          Browse products
        </Link>
        {lastOrder && (
          <Link href={`/orders/${lastOrder}` as Route} className="underlined">
            View your last order
          </Link>
        )}
      </p>
    </Apology>
  )
}
