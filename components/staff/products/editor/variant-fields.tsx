'use client'

import { variantLabels, variantName } from '@/components/staff/products/words'
import { Input } from '@/components/ui/forms/controls'
import { Text } from '@/components/ui/text/text'
import type { SheetVariant } from '@/lib/domain/products/editing/sheet'
import { fieldOf } from '@/lib/domain/products/editing/texts'
import { useEditing } from './edit-context'
import { CheckField, Field } from './field'
import { variantFieldsWords } from './words'

/** Every variant of a product with what can be changed of it. Renders a `<fieldset>` for each. */
export function VariantFields() {
  const { sheet } = useEditing()
  return sheet.variants.map((variant) => <OneVariant key={variant.id} variant={variant} />)
}

function OneVariant({ variant }: { variant: SheetVariant }) {
  const { id, currency, sku, option_values } = variant
  const price = {
    inputMode: 'decimal',
    autoComplete: 'off',
    content: 'code',
    isWide: true,
  } as const
  return (
    <fieldset className="grid min-w-0 gap-3 border-line border-t pt-4 pb-1">
      <legend className="float-left mb-1 flex w-full flex-wrap items-baseline gap-x-3">
        <Text as="span" weight="medium">
          {variantName(variant)}
        </Text>
        {option_values.length > 0 && (
          <Text as="span" size="fine" tone="soft" figures breaks>
            {sku}
          </Text>
        )}
      </legend>
      <div className="clear-both grid grid-cols-2 gap-x-4 gap-y-3 tablet:grid-cols-[1fr_1fr_1.6fr_1fr]">
        <Field field={fieldOf(id, 'price_minor')} label={`${variantLabels.price_minor}, ${currency}`}>
          {(control) => <Input {...control} {...price} required />}
        </Field>
        <Field field={fieldOf(id, 'compare_at_minor')} label={variantLabels.compare_at_minor}>
          {(control) => <Input {...control} {...price} placeholder={variantFieldsWords.none} />}
        </Field>
        <Field field={fieldOf(id, 'barcode')} label={variantLabels.barcode}>
          {(control) => (
            <Input
              content="code"
              isWide
              {...control}
              autoComplete="off"
              placeholder={variantFieldsWords.none}
            />
          )}
        </Field>
        <Field field={fieldOf(id, 'limit_per_person')} label={variantLabels.limit_per_person}>
          {(control) => (
            <Input
              content="code"
              isWide
              {...control}
              inputMode="numeric"
              autoComplete="off"
              placeholder={variantFieldsWords.none}
            />
          )}
        </Field>
      </div>
      <CheckField field={fieldOf(id, 'active')} label={variantLabels.active} />
    </fieldset>
  )
}
