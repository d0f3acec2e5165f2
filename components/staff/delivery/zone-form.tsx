'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { Input, TextArea } from '@/components/ui/forms/controls'
import { Field, FieldNote, Legend } from '@/components/ui/forms/field'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { saveDeliveryZone } from '@/lib/actions/staff/delivery'
import type { DeliveryZone } from '@/lib/domain/checkout/delivery-zone'
import { zoneTexts } from '@/lib/domain/checkout/zone-texts'
import { zoneFormWords as words, zoneRefusalWords } from './words'

/** Adds a delivery zone, or changes one. Renders a `<form>`. */
export function ZoneForm({ zone, currency }: { zone: DeliveryZone | null; currency: string }) {
  const texts = zoneTexts(zone, currency)
  const id = (field: string) => `${field}-${zone?.id ?? 'new'}`
  return (
    <ActionForm
      // Saved, or changed by another person: other fields.
      key={zone?.version ?? 'new'}
      action={saveDeliveryZone}
      fields={{ zone_id: zone?.id, expected_version: zone?.version, currency }}
      label={zone?.name ?? words.save}
      done={words.saved}
      words={zoneRefusalWords}
    >
      <TextField
        id={id('name')}
        name="name"
        label={words.name}
        hint={words.nameHint}
        defaultValue={texts.name}
        required
        maxLength={80}
        autoComplete="off"
      />
      <Field label={words.countries} hint={words.countriesHint} noteId={id('countries-note')}>
        <TextArea
          name="countries"
          rows={2}
          required
          maxLength={4000}
          defaultValue={texts.countries}
          aria-describedby={id('countries-note')}
        />
      </Field>
      <Field label={words.postcodes} hint={words.postcodesHint} noteId={id('postcodes-note')}>
        <TextArea
          name="postcodes"
          rows={2}
          maxLength={6000}
          defaultValue={texts.postcodes}
          aria-describedby={id('postcodes-note')}
        />
      </Field>
      <TextField
        id={id('estimate')}
        name="estimate"
        label={words.estimate}
        hint={words.estimateHint}
        defaultValue={texts.estimate}
        maxLength={80}
        autoComplete="off"
      />
      <Stack as="fieldset" gap={2} aria-describedby={id('rates-note')}>
        <Legend>{words.rates(currency)}</Legend>
        <FieldNote id={id('rates-note')}>{words.ratesHint}</FieldNote>
        {texts.rates.map(({ from, rate }, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <Row key={line} gap={2} align="center">
            <Text as="span" size="small">
              {words.itemsFrom}
            </Text>
            <Input
              content="units"
              name="rate_from"
              inputMode="decimal"
              defaultValue={from}
              placeholder={line === 0 ? '0' : ''}
              autoComplete="off"
              aria-label={words.from(line + 1)}
            />
            <Text as="span" size="small">
              {words.price}
            </Text>
            <Input
              content="units"
              name="rate"
              inputMode="decimal"
              defaultValue={rate}
              required={line === 0}
              autoComplete="off"
              aria-label={words.rate(line + 1)}
            />
          </Row>
        ))}
      </Stack>
      <div>
        <SubmitButton label={words.save} busy={words.saving} />
      </div>
    </ActionForm>
  )
}
