'use client'

import { productLabels, statusWords } from '@/components/staff/products/words'
import { Input, Select, TextArea } from '@/components/ui/forms/controls'
import { Text } from '@/components/ui/text/text'
import { productStatuses } from '@/lib/domain/products/editing/sheet'
import { useEditing } from './edit-context'
import { CheckField, Field } from './field'
import { productFieldsWords } from './words'

/** The fields of a product itself. Renders fields. */
export function TextFields() {
  return (
    <>
      <Field field="title" label={productLabels.title}>
        {(control) => <Input size="tall" isWide {...control} autoComplete="off" />}
      </Field>
      <Field
        field="description_html"
        label={productLabels.description_html}
        hint={productFieldsWords.leaveABlankLineBetween}
      >
        {(control) => <TextArea {...control} rows={9} />}
      </Field>
    </>
  )
}

/** The place of a product in the shop, and its terms. Renders fields. */
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
          <Select isWide {...control}>
            {productStatuses.map((status) => (
              <option key={status} value={status}>
                {statusWords[status]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field field="category" label={productLabels.category}>
        {(control) => (
          <Select isWide {...control}>
            {categories.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field field="vendor" label={productLabels.vendor}>
        {(control) => <Input isWide {...control} autoComplete="off" />}
      </Field>
      <Field field="tags" label={productLabels.tags} hint={productFieldsWords.separateTagsWithCommas}>
        {(control) => <Input isWide {...control} autoComplete="off" />}
      </Field>
      <Field field="tax_rate_bp" label={productLabels.tax_rate_bp}>
        {(control) => <Input content="code" {...control} inputMode="decimal" className="w-28" />}
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
          {(control) => <Input isWide {...control} autoComplete="off" spellCheck={false} />}
        </Field>
      ) : (
        <Text size="fine" tone="soft">
          {productFieldsWords.itsAddressIs}{' '}
          <Text as="span" breaks>
            {productFieldsWords.products}
            {sheet.handle}
          </Text>
          {productFieldsWords.itCantBeChangedSo}
        </Text>
      )}
    </>
  )
}
