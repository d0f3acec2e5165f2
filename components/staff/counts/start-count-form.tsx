import { ActionForm } from '@/components/staff/forms/action-form'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { CheckField } from '@/components/ui/forms/check-field'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { startCount } from '@/lib/actions/staff/counts'
import type { Category, Location } from '@/lib/domain/stock/place'
import { startCountFormWords } from './words'

/** Opens a count: where, of what, and whether the expected numbers are shown. Renders a `<form>`. */
export function StartCountForm({
  locations,
  categories,
}: {
  locations: readonly Location[]
  categories: readonly Category[]
}) {
  return (
    <ActionForm
      action={startCount}
      label={startCountFormWords.startACount}
      locations={locations}
      layout="fields"
      className="max-w-176 [html[data-copied-at]_&]:hidden"
    >
      <Stack gap={4} columns={3}>
        <LocationSelect label={startCountFormWords.location} locations={locations} />
        <SelectField label={startCountFormWords.category} name="category">
          <option value="">{startCountFormWords.everything}</option>
          {categories.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </SelectField>
        <TextField
          label={startCountFormWords.shelfOptional}
          name="shelf"
          maxLength={120}
          autoComplete="off"
          placeholder={startCountFormWords.shelfExample}
        />
      </Stack>
      <CheckField name="blind" label={startCountFormWords.blindCountHidesExpectedQuantities} />
      <div>
        <SubmitButton label={startCountFormWords.startCounting} busy={startCountFormWords.starting} />
      </div>
    </ActionForm>
  )
}
