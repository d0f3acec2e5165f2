import { keptByOthers } from '@/components/staff/shell/words'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import type { PickGroup } from '@/lib/domain/orders/pick-list'
import type { Location } from '@/lib/domain/stock/place'
import { PickRow } from './pick-row'
import { pickListAtWords } from './words'

/** The lines to pick at one location. Renders a `<section>` with a list. */
export function PickListAt({
  orderId,
  group,
  mayPick,
  isOthers,
  locations,
}: {
  orderId: string
  group: PickGroup
  mayPick: boolean
  /** Whether it is a location where who looks at it may not pick, though elsewhere they may. */
  isOthers: boolean
  locations: readonly Location[]
}) {
  const heading = `at-${group.location.id}`
  return (
    <Stack as="section" gap={1} aria-labelledby={heading}>
      <h3 id={heading} className="flex items-baseline justify-between gap-4 border-line border-b pb-2">
        <Text as="span" weight="strong">
          {group.location.name}
        </Text>
        <Text as="span" size="small" tone="soft" figures>
          {group.toPick === 0 ? pickListAtWords.allPicked : pickListAtWords.toPick(group.toPick)}
          {isOthers && `, ${keptByOthers.toLowerCase()}`}
        </Text>
      </h3>
      <ul>
        {group.lines.map((line) => (
          <PickRow
            key={line.order_item_id}
            orderId={orderId}
            line={line}
            mayPick={mayPick}
            locations={locations}
          />
        ))}
      </ul>
    </Stack>
  )
}
