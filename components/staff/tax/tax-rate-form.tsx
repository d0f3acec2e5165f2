'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { setTaxRate } from '@/lib/actions/staff/delivery'
import { taxRefusalWords, taxRatesWords as words } from './words'

/** Adds a rate, or replaces one. Renders a `<form>`. */
export function TaxRateForm({
  categories,
  countries,
}: {
  categories: readonly { slug: string; title: string }[]
  countries: readonly { code: string; name: string }[]
}) {
  return (
    <ActionForm
      action={setTaxRate}
      label={words.add}
      layout="fields"
      done={words.saved}
      words={taxRefusalWords}
    >
      <Stack gap={4} columns={2} width="form">
        <SelectField name="country" label={words.country} defaultValue="">
          <option value="">{words.allCountries}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField name="category" label={words.category} defaultValue="">
          <option value="">{words.allCategories}</option>
          {categories.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </SelectField>
        <TextField
          id="tax-percentage"
          name="percentage"
          label={words.percentage}
          hint={words.percentageHint}
          inputMode="decimal"
          content="units"
          maxLength={6}
          autoComplete="off"
        />
      </Stack>
      <div>
        <SubmitButton label={words.save} busy={words.saving} />
      </div>
    </ActionForm>
  )
}
