import type { ReactNode } from 'react'
import { Text } from '@/components/ui/text/text'
import { formatMoney } from '@/lib/domain/core/money'
import { type Dashboard, sellThrough, totalOf, unitsPerMinute } from '@/lib/domain/insight/dashboard'
import { LiveFigure } from './live-figure'
import { Sparkline } from './sparkline'
import { changeWords, headlineWords, percent, rangeWords, tenths, whole } from './words'

/** Every number of the shop but its revenue, each with an explanation. Renders a `<dl>`. */
export function Headline({ dashboard }: { dashboard: Dashboard }) {
  const { range, bars, before, minutes, stock, currency } = dashboard
  const total = totalOf(bars)
  const than = rangeWords[range].before
  const money = (minor: number) => formatMoney({ minor, currency })
  const inAnHour = minutes.reduce((sum, units) => sum + units, 0)
  return (
    <dl className="grid grid-cols-2 content-start gap-x-8 border-line border-t tablet:grid-cols-3 desktop:grid-cols-2">
      <Figure name="Orders" value={whole.format(total.orders)}>
        {changeWords(total.orders, before.orders, than)}
      </Figure>
      <Figure name="Units sold" value={whole.format(total.units - total.cancelled_or_returned)}>
        {total.cancelled_or_returned > 0
          ? headlineWords.moreCancelledOrReturned(whole.format(total.cancelled_or_returned))
          : changeWords(total.units, before.units - before.cancelled_or_returned, than)}
      </Figure>
      <Figure name="Units a minute" value={tenths.format(unitsPerMinute(minutes))} wide>
        <Sparkline values={minutes} label={headlineWords.unitsSoldInEachOf(inAnHour, Math.max(...minutes))} />
        {whole.format(inAnHour)} {headlineWords.inTheLastHour}
      </Figure>
      <Figure name="Sell-through" value={percent.format(sellThrough(total, stock))}>
        {whole.format(total.units - total.cancelled_or_returned)} {headlineWords.sold}{' '}
        {whole.format(stock.on_hand - stock.committed)} {headlineWords.left}
      </Figure>
      <Figure name="In carts" value={whole.format(stock.held)}>
        {stock.held === 1 ? 'unit' : 'units'} {headlineWords.heldInCartsWorth} {money(stock.held_minor)}
      </Figure>
      <Figure name="Stock value" value={money(stock.on_hand_minor)} wide>
        {whole.format(stock.on_hand)} {headlineWords.unitsOnHand} {whole.format(stock.committed)}{' '}
        {headlineWords.committedAtCurrentPrices}
      </Figure>
    </dl>
  )
}

function Figure({
  name,
  value,
  wide = false,
  children,
}: {
  name: string
  value: string
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div
      data-wide={wide || undefined}
      className="grid content-start gap-0.5 border-line border-b py-4 desktop:data-wide:col-span-2 max-tablet:data-wide:col-span-2"
    >
      <Text as="dt" size="small" tone="soft">
        {name}
      </Text>
      <Text as="dd" size="title" weight="strong">
        <LiveFigure value={value} />
      </Text>
      <Text as="dd" size="fine" tone="soft">
        {children}
      </Text>
    </div>
  )
}
