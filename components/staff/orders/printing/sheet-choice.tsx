import type { Route } from 'next'
import { PrintButton } from '@/components/ui/actions/print-button'
import { Row } from '@/components/ui/layout/row'
import { TabLink, Tabs } from '@/components/ui/navigation/tab-link'
import { type SheetChoice as Chosen, formats, type OrderSheet as Sheet } from '@/lib/domain/orders/sheets'
import { sheetWords, sheetChoiceWords as words } from './words'

/** The sheets of an order and their formats, as links, and the button that prints. Renders a `<div>`. */
export function SheetChoice({
  orderId,
  chosen,
  sheets,
}: {
  orderId: string
  chosen: Chosen
  sheets: readonly Sheet[]
}) {
  const addressOf = (part: Partial<Chosen>) =>
    `/staff/orders/${orderId}/print?${new URLSearchParams({ ...chosen, ...part })}` as Route
  return (
    <Row gap="wide" align="center">
      <Tabs label={words.sheet}>
        {sheets.map((sheet) => (
          <TabLink
            key={sheet}
            href={addressOf({ sheet })}
            aria-current={sheet === chosen.sheet ? 'page' : undefined}
          >
            {sheetWords[sheet]}
          </TabLink>
        ))}
      </Tabs>
      <Tabs label={words.format}>
        {formats.map((format) => (
          <TabLink
            key={format}
            href={addressOf({ format })}
            aria-current={format === chosen.format ? 'page' : undefined}
          >
            {words[format]}
          </TabLink>
        ))}
      </Tabs>
      <PrintButton kind="primary" />
    </Row>
  )
}
