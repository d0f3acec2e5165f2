'use client'

import { CodeHelp } from '@/components/staff/codes/code-help'
import { CodeLines, goOn } from '@/components/staff/forms/code-lines'
import { fieldBox, labelText, primaryButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { openDelivery } from '@/lib/actions/staff/deliveries'
import { useForm } from '@/lib/client/forms/use-form'
import type { Location } from '@/lib/domain/stock/place'
import { openingFormWords } from './words'

// Which of the two it is, is said by what is chosen to come from, so that CSS can tell.
const ifSent = 'hidden group-has-[option[data-sender]:checked]:grid'
const ifAnnounced = 'group-has-[option[data-sender]:checked]:hidden'

/**
 * Puts something on its way: announced by a supplier, or sent by one of our locations, which it leaves at once. Where to
 * depends on it: a supplier brings to what the person keeps, a location sends to every other. Leads to the delivery.
 * Renders a `<form>`.
 */
export function OpeningForm({
  own,
  locations,
}: {
  /** The locations that the person may send from, and announce a delivery to. */
  own: readonly Location[]
  locations: readonly Location[]
}) {
  const form = useForm(openDelivery)
  const others = locations.filter(({ id }) => !own.some((place) => place.id === id))
  // Nothing is sent from a place to itself.
  const senders = locations.length > 1 ? own : []
  const ownGoals = own.length > 1 ? own : []
  return (
    <form
      {...form.props}
      aria-label={openingFormWords.newDeliveryOrTransfer}
      className="grid max-w-176 gap-6"
    >
      <div className="group grid gap-4 tablet:grid-cols-2">
        <label className="grid gap-1">
          <span className={labelText}>{openingFormWords.fromIt}</span>
          <select name="from_location_id" className={fieldBox}>
            <option value="">{openingFormWords.aSupplier}</option>
            {senders.map(({ id, name }) => (
              <option key={id} value={id} data-sender>
                {name} {openingFormWords.leavesNow}
              </option>
            ))}
          </select>
        </label>
        <label className={`grid gap-1 ${ifAnnounced}`}>
          <span className={labelText}>{openingFormWords.supplier}</span>
          <input name="supplier" maxLength={120} autoComplete="off" className={fieldBox} onKeyDown={goOn} />
        </label>
        <label className={`grid gap-1 ${ifAnnounced}`}>
          <span className={labelText}>{openingFormWords.to}</span>
          <select name="to_location_id" className={fieldBox}>
            <Places locations={own} />
          </select>
        </label>
        <label className={`gap-1 ${ifSent}`}>
          <span className={labelText}>{openingFormWords.to}</span>
          <select name="send_to_location_id" className={fieldBox}>
            <Places locations={ownGoals} />
            {others.length > 0 && (
              <optgroup label={openingFormWords.viewOnly}>
                <Places locations={others} />
              </optgroup>
            )}
          </select>
        </label>
        <label className={`grid gap-1 ${ifAnnounced}`}>
          <span className={labelText}>{openingFormWords.expectedOnOptional}</span>
          <input name="expected_on" type="date" max="2100-01-01" className={fieldBox} />
        </label>
        <label className="grid gap-1">
          <span className={labelText}>{openingFormWords.referenceOptional}</span>
          <input name="document" maxLength={120} autoComplete="off" className={fieldBox} onKeyDown={goOn} />
        </label>
      </div>
      <CodeLines />
      <CodeHelp answer={form.isPending ? null : form.answer} />
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className={primaryButton}>
          {openingFormWords.createDeliveryOrTransfer}{' '}
        </button>
        <FormStatus form={form} locations={locations} />
      </div>
    </form>
  )
}

function Places({ locations }: { locations: readonly Location[] }) {
  return locations.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ))
}
