import { reasonWords, signed } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Location } from '@/lib/domain/stock/place'
import type { StockMoved } from '@/lib/domain/stock/stock'
import { because } from './because'
import { recountConflictWords } from './words'

/**
 * A recount met a number that had moved: both numbers, why, the movements between them, and the choice. Its buttons submit
 * the form around it, which from now on expects the number as it is. Renders a `<fieldset>`.
 */
export function RecountConflict({ conflict, location }: { conflict: StockMoved; location: Location }) {
  const { expected, counted, on_hand, movements } = conflict
  const difference = counted - expected
  const corrected = on_hand + difference
  return (
    <fieldset className="grid gap-3 rounded-small border border-field bg-raised p-4 text-small">
      <legend className="px-1 font-medium">
        {location.name}
        {recountConflictWords.stockChangedWhileYouCounted}
      </legend>
      <p role="alert">
        {recountConflictWords.youSaw} {expected}
        {recountConflictWords.itIs} {on_hand}
        {movements.length > 0 && recountConflictWords.because(because(movements))}:{' '}
        {difference === 0
          ? recountConflictWords.keep(on_hand)
          : recountConflictWords.apply(signed(difference))}
        {recountConflictWords.orSetTo} {counted}?
      </p>
      {movements.length > 0 && (
        <ul className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          {movements.map((movement) => (
            <li key={movement.id} className="figures col-span-2 grid grid-cols-subgrid">
              <Text as="span" weight="medium" end>
                {signed(movement.delta)}
              </Text>{' '}
              <span>
                {reasonWords[movement.reason]}
                {movement.document && `, ${movement.document}`}
                <Text as="span" tone="soft">
                  {' '}
                  · {shopTime(movement.created_at)}
                </Text>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Row>
        {corrected >= 0 && (
          <Button kind="primary" name="counted" value={corrected}>
            {difference === 0
              ? recountConflictWords.keep2(on_hand)
              : recountConflictWords.applyMakeIt(signed(difference), corrected)}
          </Button>
        )}
        <Button name="counted" value={counted}>
          {recountConflictWords.setTo} {counted}
        </Button>
      </Row>
    </fieldset>
  )
}
