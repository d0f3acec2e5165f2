'use client'

import { PictureThumb } from '@/components/staff/products/editor/pictures/picture-thumb'
import { fieldLabel, valueWords } from '@/components/staff/products/words'
import { Button } from '@/components/ui/actions/button'
import { Choice } from '@/components/ui/choice'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import type { Form } from '@/lib/client/forms/use-form'
import type { SaveAnswer } from '@/lib/domain/products/editing/answer'
import { picturesOf } from '@/lib/domain/products/editing/media-text'
import type { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { textsOf } from '@/lib/domain/products/editing/texts'
import { type Difference, differences, type Edit } from '@/lib/domain/products/editing/three-way'
import type { Category } from '@/lib/domain/stock/place'
import { QuestionHead } from './question-head'
import { sideBySideWords } from './words'

/**
 * Two versions of one product, field by field where they differ. A field that only one person changed has its choice
 * already; a field that both changed has none. Renders a `<form>`.
 */
export function SideBySide({
  edit,
  theirs,
  categories,
  form,
  onBack,
}: {
  edit: Edit<ProductSheet>
  theirs: ProductSheet
  categories: readonly Category[]
  form: Form<SaveAnswer>
  onBack: () => void
}) {
  const found = differences(textsOf(edit.base), edit.texts, textsOf(theirs))
  // With pictures of both in one list.
  const texts = { ...edit.texts, ...Object.fromEntries(found.map(({ field, mine }) => [field, mine])) }
  const rank = ({ changedBy }: Difference) => (changedBy === null ? 0 : changedBy === 'mine' ? 1 : 2)
  return (
    <Stack
      as="form"
      gap={6}
      {...form.props}
      aria-label={sideBySideWords.twoVersions}
      aria-busy={form.isPending}
    >
      <input type="hidden" name="base" value={JSON.stringify(theirs)} />
      <input type="hidden" name="mine" value={JSON.stringify(texts)} />
      <QuestionHead title={sideBySideWords.thisProductWasChanged}>
        {sideBySideWords.anotherStaffMemberSavedThis}
      </QuestionHead>
      {found
        .toSorted((one, other) => rank(one) - rank(other))
        .map((difference) => (
          <OneField key={difference.field} difference={difference} theirs={theirs} categories={categories} />
        ))}
      <Row>
        <Button kind="primary" aria-disabled={form.isPending}>
          {form.isPending ? sideBySideWords.saving : sideBySideWords.saveSelectedVersions}
        </Button>
        <Button type="button" onClick={onBack}>
          {sideBySideWords.backToTheForm}
        </Button>
      </Row>
    </Stack>
  )
}

function OneField({
  difference: { field, mine, theirs: other, changedBy },
  theirs,
  categories,
}: {
  difference: Difference
  theirs: ProductSheet
  categories: readonly Category[]
}) {
  const name = `choose.${field}`
  const by = theirs.editors[field] ?? sideBySideWords.anotherStaffMember
  return (
    <Stack as="fieldset" gap={2} shrinks>
      <legend className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
        <Text as="span" weight="medium">
          {fieldLabel(field, theirs)}
        </Text>
        <span data-open={changedBy === null || undefined} className="text-fine text-soft data-open:text-low">
          {changedBy === null
            ? sideBySideWords.youBothChangedThisChoose
            : changedBy === 'mine'
              ? sideBySideWords.onlyYouChangedThis
              : sideBySideWords.onlyChangedThis(by)}
        </span>
      </legend>
      <Stack gap={2} columns={2}>
        <Choice
          title={changedBy === 'theirs' ? sideBySideWords.before : sideBySideWords.yours}
          name={name}
          value="mine"
          required
          defaultChecked={changedBy === 'mine'}
        >
          <Value field={field} text={mine} categories={categories} />
        </Choice>
        <Choice
          title={changedBy === 'mine' ? sideBySideWords.before : sideBySideWords.by(by)}
          name={name}
          value="theirs"
          required
          defaultChecked={changedBy === 'theirs'}
        >
          <Value field={field} text={other} categories={categories} />
        </Choice>
      </Stack>
    </Stack>
  )
}

function Value({
  field,
  text,
  categories,
}: {
  field: string
  text: string
  categories: readonly Category[]
}) {
  if (field !== 'media')
    return (
      <span className="block max-h-60 overflow-y-auto whitespace-pre-line break-words text-ink">
        {valueWords(field, text, categories)}
      </span>
    )
  return (
    <span className="mt-1 flex flex-wrap gap-2">
      <VisuallyHidden>{valueWords(field, text, categories)}: </VisuallyHidden>
      {picturesOf(text).map(({ src, alt }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place.
        <span key={index} className="grid w-16 gap-1 text-fine">
          <PictureThumb src={src} />
          <span className="line-clamp-3 break-words">{alt}</span>
        </span>
      ))}
    </span>
  )
}
