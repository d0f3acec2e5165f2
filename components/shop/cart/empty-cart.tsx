import type { Route } from 'next'
import { Apology } from '@/components/shell/apology'
import { TextLink } from '@/components/ui/text/text-link'
import { emptyCartWords } from './words'

/** A cart with nothing in it, and the ways on from there. Renders a `<div>`. */
export function EmptyCart({ lastOrder }: { lastOrder: string | null }) {
  return (
    <Apology title={emptyCartWords.yourCartIsEmpty} picture="/art/basket-sea-sand-5.svg">
      <p>{emptyCartWords.itemsInYourCartAre}</p>
      <p className="mt-6 flex flex-wrap gap-x-6 gap-y-2 text-body">
        <TextLink href="/#shelf">{emptyCartWords.browseProducts}</TextLink>
        {lastOrder && (
          <TextLink href={`/orders/${lastOrder}` as Route}>{emptyCartWords.viewYourLastOrder}</TextLink>
        )}
      </p>
    </Apology>
  )
}
