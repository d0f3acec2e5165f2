'use client'

import type { MouseEvent } from 'react'
import { Tabs, tabLook } from '@/components/ui/navigation/tab-link'
import { type BandCounts, type InventoryFilter, inventoryAddress } from '@/lib/domain/stock/inventory'
import { bandLinksWords } from './words'

/** Counted to here; more are as many. */
const mostCounted = 1000

/** The numbers of variants that are low or sold out, as links. Renders a `<nav>`. */
export function BandLinks({ filter, counts }: { filter: InventoryFilter; counts: BandCounts }) {
  const links = [
    { band: '', label: bandLinksWords.everything },
    { band: 'low', label: bandLinksWords.lowStock },
    { band: 'out', label: bandLinksWords.soldOut },
  ] as const
  return (
    <Tabs label={bandLinksWords.stockFilters}>
      {links.map(({ band, label }) => (
        <a
          key={band}
          href={inventoryAddress({ ...filter, band, after: '' })}
          onClick={narrow}
          aria-current={filter.band === band ? 'page' : undefined}
          data-band={band}
          className={tabLook}
        >
          {label}
          {band !== '' && (
            <span
              data-band={band}
              className="figures ms-1.5 font-semibold data-[band=low]:text-low data-[band=out]:text-out"
            >
              {counted(counts[band] ?? 0)}
            </span>
          )}
        </a>
      ))}
    </Tabs>
  )
}

/** The address alone changes: the list hears of it and asks the database. Any other click follows the link. */
function narrow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  window.history.pushState(null, '', event.currentTarget.href)
}

function counted(variants: number): string {
  return variants >= mostCounted ? `${mostCounted.toLocaleString('en')}+` : String(variants)
}
