'use client'

import { FieldNote, Legend } from '@/components/ui/forms/field'
import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { saveLocation } from '@/lib/actions/staff/settings'
import { daysOfWeek, writtenHours } from '@/lib/domain/settings/hours'
import type { EditedLocation } from '@/lib/domain/settings/location'
import { type Edited, EditForm } from './edit-form'
import { dayWords, locationWords as words } from './words'

const newLocation: EditedLocation = {
  ...{ id: '', slug: 'new', name: '', address: '', hours: [], hours_note: '', active: true, version: 0 },
}

/** Edits a location, or adds one. Renders a `<form>`. */
export function LocationForm({ location = newLocation }: { location?: EditedLocation }) {
  const isNew = location.version === 0
  return (
    <EditForm
      label={isNew ? words.add : words.edit(location.name)}
      id={location.slug}
      latest={location}
      action={saveLocation}
      fields={{ location_id: location.id }}
      {...(isNew && { save: words.addButton, done: words.added })}
    >
      {(edited) => (
        <>
          <Stack gap={4}>
            <TextField
              label={words.name}
              {...edited.field('name')}
              required
              maxLength={120}
              autoComplete="off"
            />
            <TextField
              label={words.address}
              hint={words.addressHint}
              {...edited.field('address')}
              maxLength={300}
              autoComplete="off"
            />
          </Stack>
          <HoursFields {...edited} />
        </>
      )}
    </EditForm>
  )
}

function HoursFields({ shown, problem, field }: Edited<EditedLocation>) {
  return (
    <Stack gap={4}>
      <Stack as="fieldset" gap={3} aria-describedby={`${shown.slug}-hours`}>
        <Legend size="title">{words.hours}</Legend>
        <FieldNote id={`${shown.slug}-hours`} problem={problem('hours')}>
          {words.hoursHint}
        </FieldNote>
        <Stack gap={3} columns={2}>
          {daysOfWeek.map((day) => (
            <TextField
              key={day}
              label={dayWords[day]}
              name={`hours.${day}`}
              defaultValue={writtenHours(shown.hours, day)}
              maxLength={80}
              autoComplete="off"
            />
          ))}
        </Stack>
      </Stack>
      <TextField
        label={words.hoursNote}
        hint={words.hoursNoteHint}
        {...field('hours_note')}
        maxLength={200}
        autoComplete="off"
      />
    </Stack>
  )
}
