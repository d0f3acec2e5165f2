'use client'

import { useRef } from 'react'
import type { ProductEdit } from '@/components/staff/products/editor/hooks/use-product-edit'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { Button } from '@/components/ui/actions/button'
import { saveBarWords } from './words'

/** Saves, and says how that fared and what is not saved yet; stays in sight. Renders a `<div>`. */
export function SaveBar({ editing }: { editing: ProductEdit }) {
  const { changed, form, discard } = editing
  const isIdle = changed.length === 0
  const trouble = troubleWords(editing)
  const save = useRef<HTMLButtonElement>(null)
  return (
    <div className="sticky bottom-0 z-10 mt-10 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t bg-ground py-3">
      <p
        role="status"
        data-trouble={trouble ? true : undefined}
        className="min-w-0 basis-60 grow text-small text-soft data-trouble:text-danger"
      >
        {trouble ?? progressWords(editing)}
      </p>
      {changed.length > 0 && (
        <Button
          type="button"
          onClick={() => {
            save.current?.focus()
            discard()
          }}
        >
          {saveBarWords.discardChanges}
        </Button>
      )}
      <Button kind="primary" ref={save} aria-disabled={isIdle || form.isPending}>
        {form.isPending ? saveBarWords.saving : saveBarWords.save}
      </Button>
    </div>
  )
}

function troubleWords({ form, answer, isUnkept }: ProductEdit): string | null {
  if (form.isUnanswered) return saveBarWords.weCouldntConfirmThatSave
  if (answer?.step === 'refused') return refusalWords(answer.refusal, [])
  if (answer?.step === 'mend' && Object.keys(answer.problems).length > 0)
    return saveBarWords.nothingWasSavedCorrectThe
  if (isUnkept) return saveBarWords.thisDeviceCannotStore
  return null
}

function progressWords({ changed, answer }: ProductEdit): string {
  if (changed.length === 1) return saveBarWords.n1UnsavedChangeStoredOn
  if (changed.length > 1) return saveBarWords.unsavedChangesStoredOnThis(changed.length)
  if (answer?.step === 'saved') return saveBarWords.saved
  return saveBarWords.allChangesSaved
}
