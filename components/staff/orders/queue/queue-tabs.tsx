import type { Route } from 'next'
import { queueStages } from '@/components/staff/orders/words'
import { Link } from '@/components/ui/link'
import { type OrderFilter, ordersAddress, type WaitingOrders } from '@/lib/domain/orders/order-desk'
import { queueTabsWords } from './words'

/** The parts of the queue, with how many orders wait in each. Renders a `<nav>`. */
export function QueueTabs({ filter, waiting }: { filter: OrderFilter; waiting: WaitingOrders }) {
  return (
    <nav
      aria-label={queueTabsWords.stages}
      className="-mx-1 flex flex-wrap gap-x-3 gap-y-1 tablet:gap-x-5 px-1 text-small"
    >
      {queueStages.map(({ stage, label }) => {
        const count = stage === 'all' ? undefined : waiting[stage]
        return (
          <Link
            key={stage}
            href={ordersAddress({ ...filter, stage, after: '' }) as Route}
            aria-current={filter.stage === stage ? 'page' : undefined}
            data-trouble={(stage === 'trouble' && count) || undefined}
            className="min-w-6 border-transparent border-b-2 py-1.5 hover:border-line aria-[current]:border-ink data-trouble:text-low"
          >
            {label}
            {count !== undefined && count > 0 && (
              <span className="figures ms-1.5 font-semibold">{count}</span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
