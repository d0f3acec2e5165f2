'use client'

import { fieldBox, primaryButton } from '@/components/staff/forms/controls'
import { createProduct } from '@/lib/actions/staff/products'
import { useForm } from '@/lib/client/forms/use-form'
import type { Category } from '@/lib/domain/stock/place'
import { MakeField } from './make-field'
import { makeTrouble, problemsOf } from './make-words'
import { newProductFormWords } from './words'

/** Makes a draft with its first variant and leads to it. Renders a `<form>`. */
export function NewProductForm({
  categories,
  currency,
}: {
  categories: readonly Category[]
  currency: string
}) {
  const form = useForm(createProduct)
  const problems = problemsOf(form.answer)
  const field = (id: string) => ({ id, name: id, problem: problems[id] })
  return (
    <form
      {...form.props}
      aria-label={newProductFormWords.newProduct}
      aria-busy={form.isPending}
      noValidate
      className="grid max-w-prose gap-5"
    >
      <MakeField
        {...field('title')}
        label={newProductFormWords.title}
        hint={newProductFormWords.theWebAddressComesFrom}
      />
      <div className="grid gap-5 tablet:grid-cols-2">
        <MakeField id="category" label={newProductFormWords.category} problem={problems.category}>
          {(control) => (
            <select {...control} name="category" className={`${fieldBox} w-full`}>
              {categories.map(({ slug, title }) => (
                <option key={slug} value={slug}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </MakeField>
        <MakeField {...field('price')} label={newProductFormWords.price(currency)} inputMode="decimal" />
        <MakeField
          {...field('option')}
          label={newProductFormWords.optionName}
          placeholder={newProductFormWords.glaze}
          hint={newProductFormWords.leaveEmptyForAProduct}
        />
        <MakeField
          {...field('value')}
          label={newProductFormWords.firstValue}
          placeholder={newProductFormWords.celadon}
          hint={newProductFormWords.youCanAddMoreVariants}
        />
        <MakeField
          {...field('sku')}
          label={newProductFormWords.sku}
          hint={newProductFormWords.leaveEmptyToGenerateOne}
        />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className={primaryButton}>
          {form.isPending ? newProductFormWords.creating : newProductFormWords.createDraft}
        </button>
        <p role="status" className="text-danger text-small empty:hidden">
          {makeTrouble(form.isUnanswered, form.answer)}
        </p>
      </div>
    </form>
  )
}
