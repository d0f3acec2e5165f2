'use client'

import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { SelectField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { createProduct } from '@/lib/actions/staff/products'
import { useForm } from '@/lib/client/forms/use-form'
import type { Category } from '@/lib/domain/stock/place'
import { MakeField, problemSentence } from './make-field'
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
    <Stack
      as="form"
      gap={5}
      width="prose"
      {...form.props}
      aria-label={newProductFormWords.newProduct}
      aria-busy={form.isPending}
      noValidate
    >
      <MakeField
        {...field('title')}
        label={newProductFormWords.title}
        hint={newProductFormWords.theWebAddressComesFrom}
      />
      <Stack gap={5} columns={2}>
        <SelectField
          id="category"
          name="category"
          isWide
          label={newProductFormWords.category}
          problem={problemSentence(newProductFormWords.category, problems.category)}
        >
          {categories.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </SelectField>
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
      </Stack>
      <Row gap={4} align="center">
        <Button kind="primary">
          {form.isPending ? newProductFormWords.creating : newProductFormWords.createDraft}
        </Button>
        <Problem role="status">{makeTrouble(form.isUnanswered, form.answer)}</Problem>
      </Row>
    </Stack>
  )
}
