'use client'

import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react'
import { PriceQuestion } from '@/components/staff/products/editor/conflicts/price-question'
import { SideBySide } from '@/components/staff/products/editor/conflicts/side-by-side'
import { useEditors } from '@/components/staff/products/editor/hooks/use-editors'
import { useNews } from '@/components/staff/products/editor/hooks/use-news'
import { useProductEdit } from '@/components/staff/products/editor/hooks/use-product-edit'
import { PictureFields } from '@/components/staff/products/editor/pictures/picture-fields'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import type { StaffMember } from '@/lib/domain/people/staff'
import { ageOf, type ProductSheet } from '@/lib/domain/products/editing/sheet'
import type { Category } from '@/lib/domain/stock/place'
import { DraftNotice } from './draft-notice'
import { EditProvider } from './edit-context'
import { EditorHead } from './editor-head'
import { OptionFields } from './option-fields'
import { ShopFields, TextFields } from './product-fields'
import { SaveBar } from './save-bar'
import { VariantFields } from './variant-fields'
import { productEditorWords } from './words'

const nothingWrong = {}

/**
 * A product in the editor, shared with other staff members. Renders a `<form>`, or the question before its save: the
 * confirmation of prices, or the choice between two versions.
 */
export function ProductEditor({
  first,
  member,
  mayEdit,
  categories,
  children,
}: {
  first: ProductSheet
  member: StaffMember
  mayEdit: boolean
  categories: readonly Category[]
  /** The content that follows the form, without a question. */
  children: ReactNode
}) {
  const element = useRef<HTMLFormElement>(null)
  const editing = useProductEdit(first, member.userId, element, mayEdit)
  const { sheet, edit, set, changed, form, answer, back } = editing
  const editors = useEditors(sheet.id, member.name)
  const news = useNews(sheet, member.name)
  const problems = answer?.step === 'mend' ? answer.problems : nothingWrong
  const isAsked = answer?.step === 'choose' || answer?.step === 'confirm'
  useReturnFrom(isAsked, element)
  useEffect(() => {
    if (form.answer?.step === 'mend') element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [form.answer])
  const contested = useMemo(
    () => new Map(changed.filter(({ changedBy }) => changedBy === null).map((each) => [each.field, each])),
    [changed],
  )

  const context = { sheet, categories, texts: edit.texts, set, problems, contested, editorIn: editors.in }
  return (
    <EditProvider value={context}>
      <EditorHead sheet={sheet} mayEdit={mayEdit} names={editors.names} news={news} />
      {answer?.step === 'choose' ? (
        <SideBySide
          key={ageOf(sheet)}
          edit={answer.edit}
          theirs={sheet}
          categories={categories}
          form={form}
          onBack={back}
        />
      ) : answer?.step === 'confirm' ? (
        <PriceQuestion answer={answer} form={form} onBack={back} />
      ) : (
        <form
          ref={element}
          {...form.props}
          {...editors.watch}
          aria-label={productEditorWords.product}
          aria-busy={form.isPending}
          noValidate
        >
          <input type="hidden" name="base" value={JSON.stringify(edit.base)} />
          {editing.restoredAt && <DraftNotice at={editing.restoredAt} onDiscard={editing.discard} />}
          <fieldset
            disabled={!mayEdit}
            className="[&_*]:scroll-mb-32 grid min-w-0 gap-x-16 gap-y-12 desktop:grid-cols-[minmax(0,1fr)_20rem]"
          >
            <Stack gap={12} atTop shrinks>
              <Part title={productEditorWords.text}>
                <TextFields />
              </Part>
              <Part title={productEditorWords.pictures}>
                <PictureFields />
              </Part>
              <Part title={productEditorWords.options}>
                <OptionFields />
              </Part>
              <Part
                title={sheet.variants.length === 1 ? productEditorWords.price : productEditorWords.variants}
              >
                <VariantFields />
              </Part>
            </Stack>
            <div className="desktop:sticky desktop:top-8 desktop:self-start">
              <Part title={productEditorWords.shop}>
                <ShopFields />
              </Part>
            </div>
          </fieldset>
          {mayEdit && <SaveBar editing={editing} />}
        </form>
      )}
      {!isAsked && children}
    </EditProvider>
  )
}

/** After a question, who uses the keyboard is back where they saved. */
function useReturnFrom(isAsked: boolean, element: RefObject<HTMLFormElement | null>): void {
  const wasAsked = useRef(isAsked)
  useEffect(() => {
    if (wasAsked.current && !isAsked) element.current?.querySelector<HTMLElement>('[type=submit]')?.focus()
    wasAsked.current = isAsked
  }, [isAsked, element])
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack as="section" gap={4} atTop shrinks aria-label={title}>
      <Heading level={2}>{title}</Heading>
      {children}
    </Stack>
  )
}
