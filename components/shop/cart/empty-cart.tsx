import type { Route } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'

/** A cart with nothing in it, and the ways on from there. Renders a `<div>`. */
export function EmptyCart({ lastOrder }: { lastOrder: string | null }) {
  return (
    <Apology title="Nothing in it yet." picture="/art/basket-sea-sand-5.svg">
      <p>Whatever you put into the cart is held for you for ten minutes, so that nobody else can take it.</p>
      <p className="mt-6 flex flex-wrap gap-x-6 gap-y-2 text-body">
        <Link href="/#shelf" className="underlined">
          See what is on the shelf
        </Link>
        {lastOrder && (
          <Link href={`/orders/${lastOrder}` as Route} className="underlined">
            Look at your last order
          </Link>
        )}
      </p>
    </Apology>
  )
}
