import type { Route } from 'next'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { signed } from '@/components/staff/shell/words'
import { SourceLink } from '@/components/staff/stock/source-link'
import { shopTime, shopWallTime } from '@/lib/domain/core/shop-time'
import type { StaffRole } from '@/lib/domain/people/staff'
import { addsUp, type Explanation, explainAddress, type Part, sourceOf } from '@/lib/domain/stock/explanation'
import type { Location } from '@/lib/domain/stock/place'
import { explanationViewWords, meaningOf, partWords, quantityWords } from './words'

/**
 * What a number is made of, as a sum: its parts, and under the line the number. Parts that are quantities open in turn;
 * another moment is asked for by a plain form. Renders a `<table>` and a `<form>`.
 */
export function ExplanationView({
  explanation,
  locations,
  names,
  role,
}: {
  explanation: Explanation
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
  /** The role of the signed-in staff member. */
  role: StaffRole
}) {
  const { variant_id, location_id, quantity, at, asked_at: askedAt, units, parts, currency } = explanation
  const known = { locations, names, currency, askedAt: at ?? askedAt }
  return (
    <div className="grid gap-6">
      <p className="max-w-prose text-small text-soft">{meaningOf[quantity]}</p>
      <table className="w-full border-collapse text-left text-small">
        <caption className="sr-only">
          {explanationViewWords.how} {quantityWords[quantity].toLowerCase()}{' '}
          {explanationViewWords.isCalculated}
        </caption>
        <tbody>
          {parts.length === 0 && (
            <tr>
              <td colSpan={2} className="pb-3 text-soft">
                {explanationViewWords.none}
              </td>
            </tr>
          )}
          {parts.map((part, place) => {
            const { what, more } = partWords(part, known)
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: what is shown is one answer, replaced as a whole.
              <tr key={place} className="border-line border-t align-baseline first:border-0">
                <td className="figures w-0 whitespace-nowrap py-2 pe-4 text-right font-medium">
                  {signed(part.units)}
                </td>
                <td className="py-2">
                  <PartName part={part} what={what} explanation={explanation} role={role} />
                  {more.length > 0 && <span className="block text-fine text-soft">{more.join(' · ')}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr className="border-ink border-t-2 align-baseline">
            <td className="figures py-3 pe-4 text-right font-semibold text-lead">{units}</td>
            <th scope="row" className="py-3 text-left font-semibold">
              {quantityWords[quantity]} {at ? explanationViewWords.on(shopTime(at)) : 'now'}
            </th>
          </tr>
        </tfoot>
      </table>
      {!addsUp(explanation) && (
        <p role="alert" className="text-danger text-small">
          {explanationViewWords.thesePartsDontAddUp}
        </p>
      )}
      <form
        action={`/staff/variants/${variant_id}/explain`}
        aria-label={explanationViewWords.earlierTime}
        className="flex flex-wrap items-end gap-3"
      >
        <input type="hidden" name="location" value={location_id} />
        <input type="hidden" name="quantity" value={quantity} />
        <label className="grid gap-1">
          <span className={labelText}>{explanationViewWords.viewStockAtShopTime}</span>
          <input
            key={at}
            type="datetime-local"
            name="wall"
            step={1}
            required
            defaultValue={shopWallTime(at ?? askedAt)}
            max={shopWallTime(askedAt)}
            className={`${fieldBox} figures`}
          />
        </label>
        <button type="submit" className={quietButton}>
          {explanationViewWords.viewEarlierStock}
        </button>
        {at && (
          <a
            href={explainAddress({ variant_id, location_id, quantity }) as Route}
            data-quantity={quantity}
            data-now
            className="underlined py-2 text-link text-small"
          >
            {explanationViewWords.backToCurrentStock}
          </a>
        )}
        <p className="w-full text-fine text-soft">{explanationViewWords.heldAndCommittedHistoryIs}</p>
      </form>
    </div>
  )
}

/** A quantity links to its own parts at the same moment; any other part links to its document. */
function PartName({
  part,
  what,
  explanation,
  role,
}: {
  part: Part
  what: string
  explanation: Explanation
  role: StaffRole
}) {
  if (part.kind !== 'quantity')
    return (
      <SourceLink source={sourceOf(part)} role={role}>
        {what}
      </SourceLink>
    )
  return (
    <a
      href={explainAddress({ ...explanation, quantity: part.quantity }) as Route}
      data-quantity={part.quantity}
      className="underlined text-link"
    >
      {what}
    </a>
  )
}
