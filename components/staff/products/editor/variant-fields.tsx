'use client'

import { fieldBox } from '@/components/staff/forms/controls'
import { variantLabels, variantName } from '@/components/staff/products/words'
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
    className: variantFieldsWords.figuresWFull(fieldBox),
  } as const
  return (
    <fieldset className="grid min-w-0 gap-3 border-line border-t pt-4 pb-1">
      <legend className="float-left mb-1 flex w-full flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{variantName(variant)}</span>
        {option_values.length > 0 && <span className="figures wrap-anywhere text-fine text-soft">{sku}</span>}
      </legend>
      <div className="clear-both grid grid-cols-2 gap-x-4 gap-y-3 tablet:grid-cols-[1fr_1fr_1.6fr_1fr]">
        <Field field={fieldOf(id, 'price_minor')} label={`${variantLabels.price_minor}, ${currency}`}>
          {(control) => <input {...control} {...price} required />}
        </Field>
        <Field field={fieldOf(id, 'compare_at_minor')} label={variantLabels.compare_at_minor}>
          {(control) => <input {...control} {...price} placeholder={variantFieldsWords.none} />}
        </Field>
        <Field field={fieldOf(id, 'barcode')} label={variantLabels.barcode}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              placeholder={variantFieldsWords.none}
              className={`${fieldBox} figures w-full`}
            />
          )}
        </Field>
        <Field field={fieldOf(id, 'limit_per_person')} label={variantLabels.limit_per_person}>
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              placeholder={variantFieldsWords.none}
              className={`${fieldBox} figures w-full`}
            />
          )}
        </Field>
      </div>
      <CheckField field={fieldOf(id, 'active')} label={variantLabels.active} />
    </fieldset>
  )
}
