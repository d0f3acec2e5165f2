'use client'

import { MakeField } from '@/components/staff/products/make-field'
import { makeTrouble, problemsOf } from '@/components/staff/products/make-words'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Problem } from '@/components/ui/feedback/problem'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
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
    <Disclosure
      open={form.answer?.ok === false}
      className="border-line border-t pt-4"
      summary={addVariantFormWords.addAVariant}
    >
      <Stack
        as="form"
        gap={4}
        {...form.props}
        aria-label={addVariantFormWords.addAVariant}
        aria-busy={form.isPending}
        noValidate
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
        <Row gap={4} align="center">
          <Button>{form.isPending ? addVariantFormWords.adding : addVariantFormWords.addVariant}</Button>
          <Problem role="status">{makeTrouble(form.isUnanswered, form.answer)}</Problem>
        </Row>
      </Stack>
    </Disclosure>
  )
}
