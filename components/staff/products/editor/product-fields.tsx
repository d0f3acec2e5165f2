'use client'

import { fieldBox } from '@/components/staff/forms/controls'
import { productLabels, statusWords } from '@/components/staff/products/words'
import { productStatuses } from '@/lib/domain/products/editing/sheet'
import { useEditing } from './edit-context'
import { CheckField, Field } from './field'
import { productFieldsWords } from './words'

/** The fields of a product itself. Renders fields. */
export function TextFields() {
  return (
    <>
      <Field field="title" label={productLabels.title}>
        {(control) => (
          <input {...control} autoComplete="off" className={`${fieldBox} h-12 w-full text-body`} />
        )}
      </Field>
      <Field
        field="description_html"
        label={productLabels.description_html}
        hint={productFieldsWords.leaveABlankLineBetween}
      >
        {(control) => (
          <textarea {...control} rows={9} className={`${fieldBox} h-auto w-full py-2 leading-relaxed`} />
        )}
      </Field>
    </>
  )
}

/** Where it stands in the shop, and on what terms. Renders fields. */
export function ShopFields() {
  const { sheet, categories } = useEditing()
  return (
    <>
      <Field
        field="status"
        label={productLabels.status}
        hint={productFieldsWords.shoppersSeeActiveProductsOnly}
      >
        {(control) => (
          <select {...control} className={`${fieldBox} w-full`}>
            {productStatuses.map((status) => (
              <option key={status} value={status}>
                {statusWords[status]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field field="category" label={productLabels.category}>
        {(control) => (
          <select {...control} className={`${fieldBox} w-full`}>
            {categories.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field field="vendor" label={productLabels.vendor}>
        {(control) => <input {...control} autoComplete="off" className={`${fieldBox} w-full`} />}
      </Field>
      <Field field="tags" label={productLabels.tags} hint={productFieldsWords.separateTagsWithCommas}>
        {(control) => <input {...control} autoComplete="off" className={`${fieldBox} w-full`} />}
      </Field>
      <Field field="tax_rate_bp" label={productLabels.tax_rate_bp}>
        {(control) => <input {...control} inputMode="decimal" className={`${fieldBox} figures w-28`} />}
      </Field>
      <CheckField
        field="limited"
        label={productLabels.limited}
        hint={productFieldsWords.theProductPageAlwaysShows}
      />
      {sheet.status === 'draft' ? (
        <Field
          field="handle"
          label={`${productLabels.handle}: /products/…`}
          hint={productFieldsWords.cantBeChangedOnceThe}
        >
          {(control) => (
            <input {...control} autoComplete="off" spellCheck={false} className={`${fieldBox} w-full`} />
          )}
        </Field>
      ) : (
        <p className="text-fine text-soft">
          {productFieldsWords.itsAddressIs}{' '}
          <span className="wrap-anywhere">
            {productFieldsWords.products}
            {sheet.handle}
          </span>
          {productFieldsWords.itCantBeChangedSo}
        </p>
      )}
    </>
  )
}
