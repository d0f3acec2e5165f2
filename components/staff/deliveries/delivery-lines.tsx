import { fieldBox } from '@/components/staff/forms/controls'
import { LiveUnits } from '@/components/staff/stock/live-units'
import { type DeliveryLine, shortReasons } from '@/lib/domain/deliveries/delivery'
import { nameOf } from '@/lib/domain/products/variant-name'
import { deliveryLinesWords, differenceWords } from './words'

/** Expected and received units per variant; short lines give a reason in the form `closing`. Renders a `<ul>`. */
export function DeliveryLines({ lines, mayClose }: { lines: readonly DeliveryLine[]; mayClose: boolean }) {
  return (
    <ul>
      {lines.map((line) => (
        <li
          key={line.variant_id}
          aria-label={nameOf(line)}
          className="flex flex-wrap items-center gap-x-6 gap-y-2 border-line border-b py-3 text-small"
        >
          <p className="w-full tablet:w-auto tablet:grow">
            <span className="font-medium text-body">{nameOf(line)}</span>
            <span className="figures block text-fine text-soft">{line.sku}</span>
          </p>
          <Figure label={deliveryLinesWords.expected} count={line.expected} />
          <Figure label={deliveryLinesWords.received} count={line.received} />
          <Figure label={deliveryLinesWords.outstanding} count={line.outstanding} />
          {/* As wide with nothing in it: the numbers of all lines stand under each other. */}
          <div className="w-full tablet:w-56">
            {line.difference && (
              <p className="figures text-low">
                {line.missing > 0 ? line.missing : line.received - line.expected}{' '}
                {differenceWords[line.difference]}
              </p>
            )}
            {mayClose && line.outstanding > 0 && (
              <select
                name={`short.${line.variant_id}`}
                form="closing"
                aria-label={deliveryLinesWords.whyIsShort(nameOf(line))}
                className={`${fieldBox} w-full`}
              >
                <option value="">{deliveryLinesWords.moreWillArrive}</option>
                {shortReasons.map((reason) => (
                  <option key={reason} value={reason}>
                    {differenceWords[reason]}
                  </option>
                ))}
              </select>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Figure({ label, count }: { label: string; count: number }) {
  return (
    <p className="w-20 tablet:text-right">
      <span className="block text-fine text-soft">{label}</span>
      <LiveUnits count={count} />
    </p>
  )
}
