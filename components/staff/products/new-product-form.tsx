'use client'

import { fieldBox, primaryButton } from '@/components/staff/forms/controls'
import { make, postMake } from '@/lib/actions/staff/products'
import { useFormAction } from '@/lib/client/forms/use-form-action'
import type { MakeAnswer } from '@/lib/domain/products/editing/new-product'
import type { Category } from '@/lib/domain/stock/place'
import { MakeField } from './make-field'
import { makeTrouble, problemsOf } from './make-words'
import { newProductFormWords } from './words'

const doors = { call: make, post: postMake }

/** Makes a draft with its first variant and leads to it. Renders a `<form>`. */
export function NewProductForm({
  categories,
  currency,
  firstKey,
  posted,
}: {
  categories: readonly Category[]
  currency: string
  firstKey: string
  posted: MakeAnswer | null
}) {
  const form = useFormAction<MakeAnswer>(doors)
  const answer = form.answer ?? posted
  const problems = problemsOf(answer)
  const typed = posted?.typed ?? {}
  const field = (id: string) => ({ id, name: id, problem: problems[id], defaultValue: typed[id] })
  return (
    <form
      {...form.props}
      aria-label={newProductFormWords.newProduct}
      aria-busy={form.isPending}
      noValidate
      className="grid max-w-prose gap-5"
    >
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <MakeField
        {...field('title')}
        label={newProductFormWords.title}
        hint={newProductFormWords.theWebAddressComesFrom}
      />
      <div className="grid gap-5 tablet:grid-cols-2">
        <MakeField id="category" label={newProductFormWords.category} problem={problems.category}>
          {(control) => (
            <select
              {...control}
              name="category"
              defaultValue={typed.category}
              className={`${fieldBox} w-full`}
            >
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
          {makeTrouble(form.isUnanswered, answer)}
        </p>
      </div>
    </form>
  )
}
