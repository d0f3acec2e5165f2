'use client'

import type { FormEvent } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { fieldBox, labelText, primaryButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import type { PickGroup } from '@/lib/domain/orders/pick-list'
import type { Location } from '@/lib/domain/stock/place'
import { unansweredPick, usePicking } from './use-picking'
import { scanFormWords } from './words'

/**
 * A scanner is a keyboard that ends with Enter: each scan is one unit, the field is empty again at once, and says what
 * it understood. Renders a `<form>`.
 *
 * @param here where somebody stands; `waiting` are all places where something is left.
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
    <form
      {...picking.props}
      onSubmit={onSubmit}
      aria-label={scanFormWords.scan}
      className="grid max-w-176 gap-2"
    >
      <input type="hidden" name="order_id" value={orderId} />
      <input type="hidden" name="quantity" value="1" />
      <div className="flex flex-wrap items-end gap-3">
        <label className="grid grow gap-1">
          <span className={labelText}>{scanFormWords.scanOrTypeASku}</span>
          <input
            name="code"
            required
            maxLength={500}
            // biome-ignore lint/a11y/noAutofocus: a scanner types wherever the focus is, and this is what the page is for
            autoFocus
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="next"
            className={`${fieldBox} figures h-12 text-body`}
          />
        </label>
        {waiting.length > 1 ? (
          <label className="grid gap-1">
            <span className={labelText}>{scanFormWords.pickingAt}</span>
            <select
              name="location_id"
              value={here.location.id}
              onChange={(event) => onMove(event.currentTarget.value)}
              className={`${fieldBox} h-12`}
            >
              {waiting.map(({ location }) => (
                <option key={location.id} value={location.id}>
                  {location.name}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <input type="hidden" name="location_id" value={here.location.id} />
        )}
        <button type="submit" className={`${primaryButton} h-12`}>
          {scanFormWords.pick}
        </button>
      </div>
      <CodeHelp answer={picking.isPending ? null : picking.answer} />
      <FormStatus
        form={picking}
        busy={said}
        done={said}
        unanswered={unansweredPick}
        locations={locations}
        className="min-h-6 font-medium text-small"
      />
    </form>
  )
}
