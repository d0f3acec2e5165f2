import { useEffect, useRef, useState } from 'react'
import { quoteSale, sellAtCounter } from '@/lib/actions/staff/order-desk'
import { useForm } from '@/lib/client/forms/use-form'
import { isQuoteOf, type SaleLine, type SaleQuote, withUnits } from '@/lib/domain/orders/counter-sale'

/** A sale that was made. */
export interface Sale {
  order_id: string
  number: number
  total_minor: number
  currency: string
}

/**
 * The sale at a counter: its lines, the total that the server computes of them, and the request that sells. `quote` is
 * the last total; only while `isCurrent` is it that of these lines.
 */
export function useCounterSale(locationId: string) {
  const [lines, setLines] = useState<readonly SaleLine[]>([])
  const [quote, setQuote] = useState<SaleQuote | null>(null)
  const [sold, setSold] = useState<Sale | null>(null)
  const quoting = useForm(quoteSale, {
    requests: 'each',
    onAnswer: (answer) => answer.ok && setQuote(answer.data),
  })
  const selling = useForm(sellAtCounter, {
    onAnswer: (answer) => {
      if (answer.ok) {
        setSold(answer.data)
        setLines([])
      } else ask.current(lines)
    },
  })

  const ask = useRef((_: readonly SaleLine[]) => {})
  ask.current = (asked) => {
    if (asked.length > 0) quoting.send(fieldsOf(locationId, asked))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the total depends on the location.
  useEffect(() => ask.current(lines), [lines, locationId])

  return {
    lines,
    quote: lines.length > 0 ? quote : null,
    isCurrent: quote !== null && !quoting.isPending && isQuoteOf(quote, lines),
    sold,
    quoting,
    selling,
    add: (variantId: string, units = 1) => {
      setSold(null)
      setLines((before) => withUnits(before, variantId, units))
    },
    clear: () => setLines([]),
  }
}

export type CounterSale = ReturnType<typeof useCounterSale>

function fieldsOf(locationId: string, lines: readonly SaleLine[]): FormData {
  const fields = new FormData()
  fields.set('location_id', locationId)
  fields.set('lines', JSON.stringify(lines))
  return fields
}
