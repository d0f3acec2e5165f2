import type { Route } from 'next'
import { TabLink, Tabs } from '@/components/ui/navigation/tab-link'
import { type Range, ranges } from '@/lib/domain/insight/dashboard'
import { rangeTabsWords, rangeWords } from './words'

/** The time ranges of the dashboard. Renders a `<nav>`. */
export function RangeTabs({ range }: { range: Range }) {
  return (
    <Tabs label={rangeTabsWords.timeRange}>
      {ranges.map((each) => (
        <TabLink
          key={each}
          href={(each === 'today' ? '/staff/dashboard' : `/staff/dashboard?range=${each}`) as Route}
          aria-current={each === range ? 'page' : undefined}
        >
          {rangeWords[each].label}
        </TabLink>
      ))}
    </Tabs>
  )
}
