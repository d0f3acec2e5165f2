'use client'

import { signed, units } from '@/components/staff/shell/words'
import { LiveUnits } from '@/components/staff/stock/live-units'
import { LinkButton } from '@/components/ui/actions/button'
import { Figure } from '@/components/ui/data/figure'
import { CheckField } from '@/components/ui/forms/check-field'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import type { CountLine, CountRead, FoundUnits } from '@/lib/domain/counts/count'
import { withWaiting } from '@/lib/domain/counts/count'
import { nameOf } from '@/lib/domain/products/variant-name'
import { MovementQuestion } from './movement-question'
import { countLineRowWords } from './words'

/** A line of a count: counted units and by whom, expected units, open questions. Renders an `<li>`. */
export function CountLineRow({
  line,
  waiting,
  read,
  names,
  mayCount,
  mayDecide,
  onWithdraw,
  onRead,
}: {
  line: CountLine
  waiting: readonly FoundUnits[]
  read: CountRead
  names: Readonly<Record<string, string>>
  mayCount: boolean
  mayDecide: boolean
  onWithdraw: (line: CountLine, entryId: string, units: number) => void
  onRead: (read: CountRead) => void
}) {
  const { count } = read
  const name = nameOf(line)
  const counted = withWaiting(line, waiting)
  const isOpen = count.status === 'open'
  const variance = line.expected === null ? null : counted - line.expected
  const withdrawnIds = new Set(waiting.filter(({ withdrawn }) => withdrawn).map(({ id }) => id))
  return (
    <li
      aria-label={name}
      data-open={line.open > 0 || undefined}
      className="grid gap-2 border-line border-b py-4 text-small data-open:border-s-4 data-open:border-s-low data-open:ps-3"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 tablet:gap-x-6">
        <p className="w-full tablet:w-auto tablet:grow">
          <Text as="span" size="body" weight="medium">
            {name}
          </Text>
          <Text as="span" size="fine" tone="soft" figures block>
            {line.sku}
          </Text>
        </p>
        <Figure width="narrow" label={countLineRowWords.counted}>
          <LiveUnits count={counted} />
        </Figure>
        {line.expected !== null && (
          <Figure width="narrow" label={isOpen ? countLineRowWords.expected : countLineRowWords.was}>
            <LiveUnits count={line.expected} />
          </Figure>
        )}
        {variance !== null && (
          <Figure width="narrow" label={countLineRowWords.difference}>
            <span
              data-off={variance !== 0 || undefined}
              className="figures data-off:font-semibold data-off:text-low"
            >
              {variance === 0 ? 'none' : signed(variance)}
            </span>
          </Figure>
        )}
        {isOpen && mayDecide && (
          <CheckField
            className="ms-auto self-end"
            name="left_out"
            value={line.variant_id}
            form="decision"
            label={
              <>
                {countLineRowWords.leaveOut}
                <VisuallyHidden>: {name}</VisuallyHidden>
              </>
            }
          />
        )}
      </div>
      {isOpen && line.in_baskets > 0 && (
        <Text tone="low">
          {units(line.in_baskets)} {countLineRowWords.pickedAndStillInBaskets}{' '}
          {line.in_baskets === 1 ? 'it' : 'them'} {countLineRowWords.too}
        </Text>
      )}
      {isOpen && (
        <ul
          aria-label={countLineRowWords.entries(name)}
          className="flex flex-wrap gap-x-5 gap-y-1 text-fine text-soft"
        >
          {line.entries
            .filter(({ id }) => !withdrawnIds.has(id))
            .map((entry) => (
              <li key={entry.id} className="figures flex items-center gap-2">
                {entry.units} {countLineRowWords.by} {names[entry.actor] ?? countLineRowWords.theSystem}
                {mayCount && (
                  <LinkButton onClick={() => onWithdraw(line, entry.id, entry.units)}>
                    {countLineRowWords.undo}
                    <VisuallyHidden>
                      : {entry.units} {name}
                    </VisuallyHidden>
                  </LinkButton>
                )}
              </li>
            ))}
        </ul>
      )}
      {isOpen && mayCount && line.movements.length > 0 && (
        <Stack gap={2} columns={2}>
          {line.movements.map((movement) => (
            <MovementQuestion key={movement.id} countId={count.id} movement={movement} onAnswer={onRead} />
          ))}
        </Stack>
      )}
    </li>
  )
}
