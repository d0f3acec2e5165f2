import { LiveUnits } from '@/components/staff/stock/live-units'
import { Figure } from '@/components/ui/data/figure'
import { Select } from '@/components/ui/forms/controls'
import { LineItem } from '@/components/ui/layout/line-list'
import { Text } from '@/components/ui/text/text'
import { type DeliveryLine, shortReasons } from '@/lib/domain/deliveries/delivery'
import { nameOf } from '@/lib/domain/products/variant-name'
import { deliveryLinesWords, differenceWords } from './words'

/** Expected and received units per variant; short lines give a reason in the form `closing`. Renders a `<ul>`. */
export function DeliveryLines({ lines, mayClose }: { lines: readonly DeliveryLine[]; mayClose: boolean }) {
  return (
    <ul>
      {lines.map((line) => (
        <LineItem key={line.variant_id} layout="row" aria-label={nameOf(line)}>
          <p className="w-full tablet:w-auto tablet:grow">
            <Text as="span" size="body" weight="medium">
              {nameOf(line)}
            </Text>
            <Text as="span" size="fine" tone="soft" figures block>
              {line.sku}
            </Text>
          </p>
          <Figure label={deliveryLinesWords.expected}>
            <LiveUnits count={line.expected} />
          </Figure>
          <Figure label={deliveryLinesWords.received}>
            <LiveUnits count={line.received} />
          </Figure>
          <Figure label={deliveryLinesWords.outstanding}>
            <LiveUnits count={line.outstanding} />
          </Figure>
          {/* Of one width, also when empty: the numbers of all lines are aligned. */}
          <div className="w-full tablet:w-56">
            {line.difference && (
              <Text tone="low" figures>
                {line.missing > 0 ? line.missing : line.received - line.expected}{' '}
                {differenceWords[line.difference]}
              </Text>
            )}
            {mayClose && line.outstanding > 0 && (
              <Select
                isWide
                name={`short.${line.variant_id}`}
                form="closing"
                aria-label={deliveryLinesWords.whyIsShort(nameOf(line))}
              >
                <option value="">{deliveryLinesWords.moreWillArrive}</option>
                {shortReasons.map((reason) => (
                  <option key={reason} value={reason}>
                    {differenceWords[reason]}
                  </option>
                ))}
              </Select>
            )}
          </div>
        </LineItem>
      ))}
    </ul>
  )
}
