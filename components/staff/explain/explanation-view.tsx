import type { Route } from 'next'
import { signed } from '@/components/staff/shell/words'
import { SourceLink } from '@/components/staff/stock/source-link'
import { Button } from '@/components/ui/actions/button'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { shopTime, shopWallTime } from '@/lib/domain/core/shop-time'
import type { StaffRole } from '@/lib/domain/people/staff'
import { addsUp, type Explanation, explainAddress, type Part, sourceOf } from '@/lib/domain/stock/explanation'
import type { Location } from '@/lib/domain/stock/place'
import { explanationViewWords, meaningOf, partWords, quantityWords } from './words'

/**
 * The parts of a number as a sum, with the number under the line. Parts that are quantities open in turn; a plain
 * form asks for another moment. Renders a `<table>` and a `<form>`.
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
    <Stack gap={6}>
      <Text size="small" tone="soft" prose>
        {meaningOf[quantity]}
      </Text>
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
                  {more.length > 0 && (
                    <Text as="span" size="fine" tone="soft" block>
                      {more.join(' · ')}
                    </Text>
                  )}
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
        <Text size="small" tone="danger" role="alert">
          {explanationViewWords.thesePartsDontAddUp}
        </Text>
      )}
      <Row
        as="form"
        align="end"
        action={`/staff/variants/${variant_id}/explain`}
        aria-label={explanationViewWords.earlierTime}
      >
        <input type="hidden" name="location" value={location_id} />
        <input type="hidden" name="quantity" value={quantity} />
        <TextField
          label={explanationViewWords.viewStockAtShopTime}
          key={at}
          type="datetime-local"
          name="wall"
          step={1}
          required
          defaultValue={shopWallTime(at ?? askedAt)}
          max={shopWallTime(askedAt)}
          content="code"
        />
        <Button>{explanationViewWords.viewEarlierStock}</Button>
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
      </Row>
    </Stack>
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
