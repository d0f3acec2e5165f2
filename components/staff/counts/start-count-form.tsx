import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, labelText } from '@/components/staff/forms/controls'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { SubmitButton } from '@/components/staff/forms/submit-button'
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
      className="grid max-w-176 gap-4 [html[data-copied-at]_&]:hidden"
    >
      <div className="grid gap-4 tablet:grid-cols-3">
        <LocationSelect label={startCountFormWords.location} locations={locations} />
        <label className="grid gap-1">
          <span className={labelText}>{startCountFormWords.category}</span>
          <select name="category" className={fieldBox}>
            <option value="">{startCountFormWords.everything}</option>
            {categories.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="grid gap-1">
          <span className={labelText}>{startCountFormWords.shelfOptional}</span>
          <input
            name="shelf"
            maxLength={120}
            autoComplete="off"
            placeholder={startCountFormWords.shelfExample}
            className={fieldBox}
          />
        </label>
      </div>
      <label className="flex min-h-10 items-center gap-2 text-small">
        <input type="checkbox" name="blind" className="size-5" />
        {startCountFormWords.blindCountHidesExpectedQuantities}
      </label>
      <div>
        <SubmitButton label={startCountFormWords.startCounting} busy={startCountFormWords.starting} />
      </div>
    </ActionForm>
  )
}
