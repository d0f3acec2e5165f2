import type { Route } from 'next'
import { LineList } from '@/components/ui/layout/line-list'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { shopTime } from '@/lib/domain/core/shop-time'
import { requestsOf, type TrailLine } from '@/lib/domain/insight/trail'
import type { Location } from '@/lib/domain/stock/place'
import { deedWords, differences, placeOfDeed, trailListWords } from './words'

/** The lines of one request that are shown; the others are folded away. */
const shownAtOnce = 4

/** The audit trail, newest first; changes of one request are grouped together. Renders an `<ol>`. */
export function TrailList({
  lines,
  locations,
  currency,
}: {
  lines: readonly TrailLine[]
  locations: readonly Location[]
  currency: string
}) {
  if (lines.length === 0)
    return <p className="py-8 text-lead text-soft">{trailListWords.noActivityMatches}</p>
  return (
    <LineList as="ol">
      {requestsOf(lines).map(({ at, actorName, lines: deeds }) => (
        <li
          key={deeds[0]?.key}
          className="grid gap-x-6 gap-y-1 border-line border-b py-3 text-small tablet:grid-cols-[12rem_1fr]"
        >
          <p>
            <Text as="span" weight="medium">
              {actorName}
            </Text>
            <Text as="time" size="fine" tone="soft" figures block dateTime={at}>
              {shopTime(at)}
            </Text>
          </p>
          <Stack gap={2} shrinks>
            {deeds.slice(0, shownAtOnce).map((line) => (
              <Deed key={line.key} line={line} locations={locations} currency={currency} />
            ))}
            {deeds.length > shownAtOnce && (
              <details>
                <summary className="cursor-pointer text-link">
                  {trailListWords.and} {deeds.length - shownAtOnce} {trailListWords.more}
                </summary>
                <div className="mt-2 grid gap-2">
                  {deeds.slice(shownAtOnce).map((line) => (
                    <Deed key={line.key} line={line} locations={locations} currency={currency} />
                  ))}
                </div>
              </details>
            )}
          </Stack>
        </li>
      ))}
    </LineList>
  )
}

/** One line: what was done, and what differs. Renders a `<div>`. */
function Deed({
  line,
  locations,
  currency,
}: {
  line: TrailLine
  locations: readonly Location[]
  currency: string
}) {
  const words = deedWords(line, locations, currency)
  const place = placeOfDeed(line)
  const changes = line.action === 'changed' ? differences(line, locations, currency) : []
  return (
    <div className="min-w-0">
      <p className="break-words first-letter:uppercase">
        {place ? <TextLink href={place as Route}>{words}</TextLink> : words}
      </p>
      {changes.length > 0 && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-fine">
          {changes.map(({ field, before, after }) => (
            <div key={field} className="col-span-2 grid grid-cols-subgrid">
              <Text as="dt" tone="soft">
                {field}
              </Text>
              <dd className="line-clamp-3 break-words">
                <Text as="del" tone="soft">
                  {before || 'nothing'}
                </Text>
                <span aria-hidden="true"> → </span>
                <ins className="no-underline">{after || 'nothing'}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
