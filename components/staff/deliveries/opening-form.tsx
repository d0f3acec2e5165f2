'use client'

import { useState } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { CodeLookup } from '@/components/staff/codes/code-lookup'
import { CodeLines, focusNextField } from '@/components/staff/forms/code-lines'
import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { openDelivery } from '@/lib/actions/staff/deliveries'
import { useForm } from '@/lib/client/forms/use-form'
import type { Location } from '@/lib/domain/stock/place'
import { openingFormWords } from './words'

// Which of the two it is, is said by what is chosen to come from, so that CSS can tell.
const ifSent = 'hidden group-has-[option[data-sender]:checked]:grid'
const ifAnnounced = 'group-has-[option[data-sender]:checked]:hidden'

/**
 * Announces a delivery of a supplier, or sends units from one of our locations, which they leave at once. A supplier
 * brings to the locations of the person; a location sends to every other. Leads to the delivery. Renders a `<form>`.
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
  const [from, setFrom] = useState('')
  const ownGoals = own.filter(({ id }) => own.length > 1 && id !== from)
  return (
    <Stack as="form" gap={6} width="form" {...form.props} aria-label={openingFormWords.newDeliveryOrTransfer}>
      <div className="group grid gap-4 tablet:grid-cols-2">
        <SelectField
          label={openingFormWords.fromIt}
          name="from_location_id"
          value={from}
          onChange={({ target: { value } }) => setFrom(value)}
        >
          <option value="">{openingFormWords.aSupplier}</option>
          {senders.map(({ id, name }) => (
            <option key={id} value={id} data-sender>
              {name} {openingFormWords.leavesNow}
            </option>
          ))}
        </SelectField>
        <TextField
          label={openingFormWords.supplier}
          name="supplier"
          maxLength={120}
          autoComplete="off"
          onKeyDown={focusNextField}
          className={ifAnnounced}
        />
        <SelectField label={openingFormWords.to} name="to_location_id" className={ifAnnounced}>
          <Places locations={own} />
        </SelectField>
        <SelectField label={openingFormWords.to} name="send_to_location_id" className={ifSent}>
          <Places locations={ownGoals} />
          {others.length > 0 && (
            <optgroup label={openingFormWords.viewOnly}>
              <Places locations={others} />
            </optgroup>
          )}
        </SelectField>
        <TextField
          label={openingFormWords.expectedOnOptional}
          name="expected_on"
          type="date"
          max="2100-01-01"
          className={ifAnnounced}
        />
        <TextField
          label={openingFormWords.referenceOptional}
          name="document"
          maxLength={120}
          autoComplete="off"
          onKeyDown={focusNextField}
        />
      </div>
      <CodeLines />
      <CodeLookup />
      <CodeHelp answer={form.isPending ? null : form.answer} />
      <Row gap={4} align="center">
        <Button kind="primary">{openingFormWords.createDeliveryOrTransfer} </Button>
        <FormStatus form={form} locations={locations} />
      </Row>
    </Stack>
  )
}

function Places({ locations }: { locations: readonly Location[] }) {
  return locations.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ))
}
