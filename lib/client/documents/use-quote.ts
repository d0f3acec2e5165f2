'use client'

import { type FocusEvent, type FormEvent, useState } from 'react'
import useSWR from 'swr'
import type { Cart } from '@/lib/domain/cart/cart'
import { needsQuote, quotedDelivery, quoteOfCart, quoteQuery } from '@/lib/domain/checkout/quote-rules'
import type { Quote, QuotedDelivery } from '@/lib/domain/checkout/totals'

interface Quoted {
  /** The last total that was read; the database refuses an order with another one. */
  quote: Quote
  /** Whether the delivery is to an address whose total is being read. */
  isQuoting: boolean
  /** Whether that total could not be read. */
  isUnknown: boolean
  /** For the form: a choice counts at once, a text when its field is left. */
  props: {
    onChange: (event: FormEvent<HTMLFormElement>) => void
    onBlur: (event: FocusEvent<HTMLFormElement>) => void
  }
}

/**
 * The total of the order in a checkout form. It is read again for each address that deliveries are made to, and for each
 * state of the cart; never where it is that of the cart, because nothing is taken off and the delivery is free.
 *
 * @param first the delivery that the page was rendered for, and its total; null where that is the total of the cart.
 * @param isPriced whether deliveries have prices at all.
 */
export function useQuote(
  cart: Cart,
  first: { delivery: QuotedDelivery; quote: Quote } | null,
  isPriced: boolean,
): Quoted {
  const firstAddress = first && quoteQuery(first.delivery)
  const [delivery, setDelivery] = useState(first?.delivery ?? quotedDelivery({}))
  const address = quoteQuery(delivery)
  const key = needsQuote(cart, delivery, isPriced) ? `/checkout/quote?${address}` : null
  const { data, error, isLoading } = useSWR<Quote | null>(
    key && [key, cart.version, cart.total_minor],
    () => read(key ?? ''),
    firstAddress === address ? { fallbackData: first?.quote ?? null } : {},
  )

  function update(form: HTMLFormElement): void {
    setDelivery(deliveryIn(new FormData(form)))
  }

  return {
    quote: (key && data) || quoteOfCart(cart),
    // (Without JavaScript nothing is read, and SWR still calls that loading.)
    isQuoting: key !== null && isLoading && address !== firstAddress,
    isUnknown: key !== null && error !== undefined,
    props: {
      onChange: ({ currentTarget, target }) => {
        const isTyped = target instanceof HTMLInputElement && target.type !== 'radio'
        if (!isTyped) update(currentTarget)
      },
      onBlur: ({ currentTarget }) => update(currentTarget),
    },
  }
}

function deliveryIn(fields: FormData): QuotedDelivery {
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  return quotedDelivery({ handover: text('handover'), country: text('country'), postcode: text('postcode') })
}

async function read(address: string): Promise<Quote | null> {
  const response = await fetch(address, { cache: 'no-store' })
  if (!response.ok) throw new Error(`quote: ${response.status}`)
  return response.json()
}
