import type { Route } from 'next'
import { queueStages } from '@/components/staff/orders/words'
import { TabLink, Tabs } from '@/components/ui/navigation/tab-link'
import { type OrderFilter, ordersAddress, type WaitingOrders } from '@/lib/domain/orders/order-desk'
import { queueTabsWords } from './words'

/** The parts of the queue, with how many orders wait in each. Renders a `<nav>`. */
export function QueueTabs({ filter, waiting }: { filter: OrderFilter; waiting: WaitingOrders }) {
  return (
    <Tabs label={queueTabsWords.stages}>
      {queueStages.map(({ stage, label }) => {
        const count = stage === 'all' ? undefined : waiting[stage]
        return (
          <TabLink
            key={stage}
            href={ordersAddress({ ...filter, stage, after: '' }) as Route}
            aria-current={filter.stage === stage ? 'page' : undefined}
            isTrouble={stage === 'trouble' && Boolean(count)}
            count={count || undefined}
          >
            {label}
          </TabLink>
        )
      })}
    </Tabs>
  )
}
