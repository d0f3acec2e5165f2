'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { CheckField } from '@/components/ui/forms/check-field'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { saveDiscount } from '@/lib/actions/staff/delivery'
import { type Discount, DiscountKind } from '@/lib/domain/checkout/discount'
import { moneyAsDecimal } from '@/lib/domain/core/money'
import { shopWallTime } from '@/lib/domain/core/shop-time'
import { percentText } from '@/lib/domain/text/percent'
import { discountRefusalWords, kindWords, discountFormWords as words } from './words'

/** Adds a discount, or changes one. Renders a `<form>`. */
export function DiscountForm({
  discount,
  product,
  usesLimit,
  categories,
  currency,
}: {
  discount: Discount | null
  /** The handle of its product. */
  product: string | null
  usesLimit: number | null
  categories: readonly { slug: string; title: string }[]
  currency: string
}) {
  const money = (minor: number | null | undefined) => (minor ? moneyAsDecimal({ minor, currency }) : '')
  const id = (field: string) => `${field}-${discount?.id ?? 'new'}`
  return (
    <ActionForm
      key={discount?.version ?? 'new'}
      action={saveDiscount}
      fields={{ discount_id: discount?.id, expected_version: discount?.version, currency }}
      label={discount?.title ?? words.save}
      layout="fields"
      done={words.saved}
      words={discountRefusalWords}
    >
      <Stack gap={4} columns={2} width="form">
        <TextField
          id={id('title')}
          name="title"
          label={words.title}
          hint={words.titleHint}
          required
          maxLength={80}
          autoComplete="off"
          defaultValue={discount?.title}
        />
        <TextField
          id={id('code')}
          name="code"
          label={words.code}
          hint={words.codeHint}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          defaultValue={discount?.code ?? ''}
        />
        <SelectField name="kind" label={words.kind} defaultValue={discount?.kind ?? 'percent'}>
          {DiscountKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords[kind]}
            </option>
          ))}
        </SelectField>
        <TextField
          name="percent"
          label={words.percent}
          inputMode="decimal"
          maxLength={6}
          autoComplete="off"
          defaultValue={discount?.percent_bp ? percentText(discount.percent_bp) : ''}
        />
        <TextField
          name="amount"
          label={words.amount(currency)}
          inputMode="decimal"
          maxLength={20}
          autoComplete="off"
          defaultValue={money(discount?.amount_minor)}
        />
        <TextField
          name="minimum"
          label={words.minimum(currency)}
          inputMode="decimal"
          maxLength={20}
          autoComplete="off"
          defaultValue={money(discount?.minimum_minor)}
        />
        <SelectField name="category" label={words.category} defaultValue={discount?.category ?? ''}>
          <option value="">{words.all}</option>
          {categories.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </SelectField>
        <TextField
          id={id('product')}
          name="product"
          label={words.product}
          hint={words.productHint}
          maxLength={255}
          autoComplete="off"
          defaultValue={product ?? ''}
        />
        <DiscountLimits discount={discount} usesLimit={usesLimit} />
      </Stack>
      <CheckField name="active" label={words.active} defaultChecked={discount?.active ?? true} />
      <div>
        <SubmitButton label={words.save} busy={words.saving} />
      </div>
    </ActionForm>
  )
}

/** The period and the uses of a discount. Renders fields. */
function DiscountLimits({ discount, usesLimit }: { discount: Discount | null; usesLimit: number | null }) {
  const wall = (moment: string | null | undefined) => (moment ? shopWallTime(moment).slice(0, 16) : '')
  return (
    <>
      <TextField
        name="starts_at"
        type="datetime-local"
        label={words.startsAt}
        defaultValue={wall(discount?.starts_at)}
      />
      <TextField
        name="ends_at"
        type="datetime-local"
        label={words.endsAt}
        defaultValue={wall(discount?.ends_at)}
      />
      <TextField
        name="uses_limit"
        label={words.usesLimit}
        inputMode="numeric"
        maxLength={7}
        autoComplete="off"
        defaultValue={usesLimit ?? ''}
      />
      <TextField
        name="per_person"
        label={words.perPerson}
        inputMode="numeric"
        maxLength={4}
        autoComplete="off"
        defaultValue={discount?.per_person ?? ''}
      />
    </>
  )
}
