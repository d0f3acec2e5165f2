'use client'

import { quietButton } from '@/components/staff/forms/controls'
import { MakeField } from '@/components/staff/products/make-field'
import { makeTrouble, problemsOf } from '@/components/staff/products/make-words'
import { addVariant } from '@/lib/actions/staff/products'
import { useForm } from '@/lib/client/forms/use-form'
import { useEditing } from './edit-context'
import { addVariantFormWords } from './words'

/** Adds a variant to a product that has options. Renders a `<form>` in a `<details>`, or nothing while it has none. */
export function AddVariantForm() {
  const { sheet } = useEditing()
  const form = useForm(addVariant, {
    onAnswer: (answer, { form: sent }) => answer.ok && sent?.reset(),
  })
  const problems = problemsOf(form.answer)
  if (sheet.option_names.length === 0) return null
  return (
    <details open={form.answer?.ok === false} className="border-line border-t pt-4">
      <summary className="w-fit cursor-pointer py-0.5 text-link text-small">
        {addVariantFormWords.addAVariant}
      </summary>
      <form
        {...form.props}
        aria-label={addVariantFormWords.addAVariant}
        aria-busy={form.isPending}
        noValidate
        className="mt-3 grid gap-4"
      >
        <input type="hidden" name="product_id" value={sheet.id} />
        <div className="grid grid-cols-2 gap-4 tablet:grid-cols-4">
          {sheet.option_names.map((option, index) => (
            <MakeField
              key={option}
              id={`new-option-${index}`}
              name="option_values"
              label={option}
              problem={
                problems[`option_values.${index}`] ?? (index === 0 ? problems.option_values : undefined)
              }
            />
          ))}
          <MakeField id="new-sku" name="sku" label={addVariantFormWords.sku} problem={problems.sku} />
          <MakeField
            id="new-price"
            name="price"
            label={addVariantFormWords.price}
            inputMode="decimal"
            problem={problems.price}
          />
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <button type="submit" className={quietButton}>
            {form.isPending ? addVariantFormWords.adding : addVariantFormWords.addVariant}
          </button>
          <p role="status" className="text-danger text-small empty:hidden">
            {makeTrouble(form.isUnanswered, form.answer)}
          </p>
        </div>
      </form>
    </details>
  )
}
