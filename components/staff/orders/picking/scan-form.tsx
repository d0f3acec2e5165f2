'use client'

import type { FormEvent } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import type { PickGroup } from '@/lib/domain/orders/pick-list'
import type { Location } from '@/lib/domain/stock/place'
import { unansweredPick, usePicking } from './use-picking'
import { scanFormWords } from './words'

/**
 * A scanner is a keyboard that ends with Enter: each scan is one unit, the field is empty again at once, and a status
 * names the item. Renders a `<form>`.
 *
 * @param here the location of the picker; `waiting` are all locations with lines to pick.
 */
export function ScanForm({
  orderId,
  here,
  waiting,
  onMove,
  locations,
}: {
  orderId: string
  here: PickGroup
  waiting: readonly PickGroup[]
  onMove: (locationId: string) => void
  locations: readonly Location[]
}) {
  const picking = usePicking(here.lines)
  const { last } = picking
  const said = last && `${last.title}: ${last.picked} of ${last.quantity}.`

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    picking.props.onSubmit(event)
    event.currentTarget.reset()
  }

  return (
    <Stack
      as="form"
      gap={2}
      width="form"
      {...picking.props}
      onSubmit={onSubmit}
      aria-label={scanFormWords.scan}
    >
      <input type="hidden" name="order_id" value={orderId} />
      <input type="hidden" name="quantity" value="1" />
      <Row align="end">
        <TextField
          label={scanFormWords.scanOrTypeASku}
          name="code"
          required
          maxLength={500}
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="next"
          size="tall"
          content="code"
          className="grow"
        />
        {waiting.length > 1 ? (
          <SelectField
            label={scanFormWords.pickingAt}
            name="location_id"
            value={here.location.id}
            onChange={(event) => onMove(event.currentTarget.value)}
            size="tall"
          >
            {waiting.map(({ location }) => (
              <option key={location.id} value={location.id}>
                {location.name}
              </option>
            ))}
          </SelectField>
        ) : (
          <input type="hidden" name="location_id" value={here.location.id} />
        )}
        <Button kind="primary" size="tall">
          {scanFormWords.pick}
        </Button>
      </Row>
      <CodeHelp answer={picking.isPending ? null : picking.answer} />
      <FormStatus
        form={picking}
        busy={said}
        done={said}
        unanswered={unansweredPick}
        locations={locations}
        look="line"
      />
    </Stack>
  )
}
