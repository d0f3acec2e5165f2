'use client'

import { useEffect, useRef } from 'react'
import { quietButton } from '@/components/staff/forms/controls'
import { MakeField } from '@/components/staff/products/make-field'
import { makeTrouble, problemsOf } from '@/components/staff/products/make-words'
import { addTo, postAddTo } from '@/lib/actions/staff/products'
import { useFormAction } from '@/lib/client/forms/use-form-action'
import type { MakeAnswer } from '@/lib/domain/products/editing/new-product'
import { useEditing } from './edit-context'
import { addVariantFormWords } from './words'

const doors = { call: addTo, post: postAddTo }

/** Adds a variant to a product that has options. Renders a `<form>` in a `<details>`, or nothing while it has none. */
export function AddVariantForm({ firstKey, posted }: { firstKey: string; posted: MakeAnswer | null }) {
  const { sheet } = useEditing()
  const element = useRef<HTMLFormElement>(null)
  const form = useFormAction<MakeAnswer | null>(doors)
  const answer = form.answer ?? posted
  const problems = problemsOf(answer)
  const wasPending = useRef(false)
  useEffect(() => {
    if (wasPending.current && !form.isPending && !form.answer && !form.isUnanswered) element.current?.reset()
    wasPending.current = form.isPending
  }, [form])
  if (sheet.option_names.length === 0) return null
  return (
    <details open={answer !== null} className="border-line border-t pt-4">
      <summary className="w-fit cursor-pointer py-0.5 text-link text-small">
        {addVariantFormWords.addAVariant}
      </summary>
      <form
        ref={element}
        {...form.props}
        aria-label={addVariantFormWords.addAVariant}
        aria-busy={form.isPending}
        noValidate
        className="mt-3 grid gap-4"
      >
        <input type="hidden" name="product_id" value={sheet.id} />
        <input type="hidden" name="idempotency_key" value={firstKey} />
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
              defaultValue={sheet.option_names.length === 1 ? posted?.typed.option_values : undefined}
            />
          ))}
          <MakeField
            id="new-sku"
            name="sku"
            label={addVariantFormWords.sku}
            problem={problems.sku}
            defaultValue={posted?.typed.sku}
          />
          <MakeField
            id="new-price"
            name="price"
            label={addVariantFormWords.price}
            inputMode="decimal"
            problem={problems.price}
            defaultValue={posted?.typed.price}
          />
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <button type="submit" className={quietButton}>
            {form.isPending ? addVariantFormWords.adding : addVariantFormWords.addVariant}
          </button>
          <p role="status" className="text-danger text-small empty:hidden">
            {makeTrouble(form.isUnanswered, answer)}
          </p>
        </div>
      </form>
    </details>
  )
}
