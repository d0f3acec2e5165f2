'use client'

import { type RefObject, useMemo, useRef, useState } from 'react'
import type { NewText } from '@/components/staff/products/editor/edit-context'
import { saveProduct } from '@/lib/actions/staff/products'
import { type Form, useForm } from '@/lib/client/forms/use-form'
import type { SaveAnswer } from '@/lib/domain/products/editing/answer'
import { textsIn } from '@/lib/domain/products/editing/form'
import { ageOf, type ProductSheet } from '@/lib/domain/products/editing/sheet'
import { textsOf } from '@/lib/domain/products/editing/texts'
import {
  caughtUp,
  type Difference,
  differences,
  type Edit,
  followed,
  type Typing,
} from '@/lib/domain/products/editing/three-way'
import { useDraft } from './use-draft'
import { useSheet } from './use-sheet'

export interface ProductEdit {
  /** The product as it is. */
  sheet: ProductSheet
  edit: Typing<ProductSheet>
  set: (field: string, text: NewText) => void
  /** Fields that are another here than in the shop. */
  changed: readonly Difference[]
  form: Form<SaveAnswer>
  /** How the last save fared, and what it asks. */
  answer: SaveAnswer | null
  /** From the question back to the fields. */
  back: () => void
  /** The time at which the restored draft was saved; null without one. */
  restoredAt: string | null
  /** Drops what is not saved. */
  discard: () => void
  /** Whether what is typed cannot be kept on this device. */
  isUnkept: boolean
}

/**
 * A product in the editor: the draft on top of the product, its saving, its questions and its copy on the device.
 *
 * @param mayEdit without it the fields are disabled, and a form leaves them out.
 */
export function useProductEdit(
  first: ProductSheet,
  userId: string,
  element: RefObject<HTMLFormElement | null>,
  mayEdit: boolean,
): ProductEdit {
  const { sheet, take } = useSheet(first)
  const [begun, setBegun] = useState(asItIs(first))
  const [answer, setAnswer] = useState<SaveAnswer | null>(null)
  const [restoredAt, setRestoredAt] = useState<string | null>(null)
  const sent = useRef(begun.texts)

  const edit = useMemo(() => caughtUp(begun, sheet, textsOf(sheet)), [begun, sheet])
  const changed = useMemo(() => differences(edit.was, edit.texts, textsOf(sheet)), [edit, sheet])
  const form = useForm(saveProduct, {
    applyOptimistic: () => {
      sent.current = begun.texts
      return undefined
    },
    onAnswer: (answered) => {
      setAnswer(answered)
      if (answered.step === 'choose') take(answered.theirs)
      if (answered.step === 'unchanged') setBegun(asItIs(sheet))
      if (answered.step !== 'saved') return
      const { base, texts: was } = answered.edit
      take(base)
      setRestoredAt(null)
      // Text that was typed during the request stays.
      setBegun(({ texts }) => ({ base, was, texts: followed(sent.current, texts, was) }))
    },
  })

  const isUnkept = useDraft(userId, first.id, changed.length > 0 ? edit : null, (draft) => {
    if (!element.current || !mayEdit) return
    // Text that was typed before hydration counts, too.
    const typed = textsIn(new FormData(element.current), first)
    if (!draft) return setBegun(typing({ base: first, texts: typed }))
    const texts = followed(textsOf(first), typed, draft.texts)
    if (differences(draft.was, texts, textsOf(first)).length === 0) return
    setBegun({ base: draft.base, was: draft.was, texts })
    setRestoredAt(draft.savedAt)
    if (ageOf(draft.base) < ageOf(first))
      setAnswer({ step: 'choose', edit: { base: draft.base, texts }, theirs: first })
  })

  return {
    sheet,
    edit,
    set: (field, text) => {
      setBegun((last) => {
        const now = caughtUp(last, sheet, textsOf(sheet))
        const changed = typeof text === 'string' ? text : text(now.texts[field] ?? '')
        return { ...now, texts: { ...now.texts, [field]: changed } }
      })
      setAnswer((last) => (last?.step === 'mend' ? withoutProblem(last, field) : null))
    },
    changed,
    form,
    answer,
    back: () => {
      if (answer) setBegun(typing(answer.edit))
      setAnswer(null)
    },
    restoredAt,
    discard: () => {
      setBegun(asItIs(sheet))
      setAnswer(null)
      setRestoredAt(null)
    },
    isUnkept,
  }
}

function asItIs(sheet: ProductSheet): Typing<ProductSheet> {
  return typing({ base: sheet, texts: textsOf(sheet) })
}

function typing(edit: Edit<ProductSheet>): Typing<ProductSheet> {
  return { ...edit, was: textsOf(edit.base) }
}

/** The problem of a field does not apply to text that was typed after it was reported. */
function withoutProblem(
  answer: Extract<SaveAnswer, { step: 'mend' }>,
  field: string,
): Extract<SaveAnswer, { step: 'mend' }> {
  const { [field]: _, ...problems } = answer.problems
  return { ...answer, problems }
}
