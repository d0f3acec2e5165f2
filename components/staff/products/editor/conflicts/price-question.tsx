'use client'

import { priceWords, variantName } from '@/components/staff/products/words'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import type { Form } from '@/lib/client/forms/use-form'
import type { SaveAnswer } from '@/lib/domain/products/editing/answer'
import { percentOf, pricesNamed } from '@/lib/domain/products/editing/prices'
import { QuestionHead } from './question-head'
import { priceQuestionWords } from './words'

/** Beyond this a price is looked at twice. */
const unusualPercent = 30

/** Asks whether these are the prices, before shoppers see them. Renders a `<form>`. */
export function PriceQuestion({
  answer: { edit, prices },
  form,
  onBack,
}: {
  answer: Extract<SaveAnswer, { step: 'confirm' }>
  form: Form<SaveAnswer>
  onBack: () => void
}) {
  return (
    <Stack
      as="form"
      gap={5}
      width="prose"
      {...form.props}
      aria-label={priceQuestionWords.prices}
      aria-busy={form.isPending}
    >
      <input type="hidden" name="base" value={JSON.stringify(edit.base)} />
      <input type="hidden" name="mine" value={JSON.stringify(edit.texts)} />
      <input type="hidden" name="confirmed" value={pricesNamed(prices)} />
      <QuestionHead
        title={
          prices.length === 1 ? priceQuestionWords.confirmTheNewPrice : priceQuestionWords.confirmTheNewPrices
        }
      >
        {priceQuestionWords.theShopShowsItImmediately}
      </QuestionHead>
      <Stack as="ul" line="bottom">
        {prices.map((step) => (
          <li
            key={step.variantId}
            className="grid gap-x-6 border-line border-t py-3 tablet:grid-cols-[1fr_auto]"
          >
            <span>{variantName({ option_values: [...step.optionValues], sku: step.sku })}</span>
            <span
              data-unusual={Math.abs(percentOf(step) ?? 100) > unusualPercent || undefined}
              className="figures font-medium data-unusual:text-low"
            >
              {priceWords(step)}
            </span>
          </li>
        ))}
      </Stack>
      <Row>
        <Button kind="primary" aria-disabled={form.isPending}>
          {form.isPending
            ? priceQuestionWords.saving
            : prices.length === 1
              ? priceQuestionWords.saveWithThisPrice
              : priceQuestionWords.saveWithThesePrices}
        </Button>
        <Button type="button" onClick={onBack}>
          {priceQuestionWords.backToTheForm}
        </Button>
      </Row>
    </Stack>
  )
}
