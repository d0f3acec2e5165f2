'use client'

import { type ComponentPropsWithRef, useEffect, useId, useRef, useState } from 'react'
import { classes } from '@/components/ui/classes'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { passwordFieldWords } from '@/components/ui/words'
import { Input } from './controls'
import { FieldLabel, type FieldLooks, FieldNote, noted } from './field'

interface PasswordLooks extends FieldLooks, InputProps {}
type OwnProps = 'size' | 'type' | 'ref' | 'content' | 'className'
type InputProps = Omit<ComponentPropsWithRef<'input'>, OwnProps>

/**
 * A labelled field for a password, with a button that shows what was typed until the form is sent. Without JavaScript it has
 * no button. Renders a `<div>` with a `<label>`, an `<input>` and a `<button>`.
 */
export function PasswordField({
  label,
  hint,
  problem,
  className,
  size = 'compact',
  id,
  ...input
}: PasswordLooks) {
  const ownId = useId()
  const fieldId = id ?? ownId
  const { noteId, control } = noted(fieldId, { hint, problem })
  const field = useRef<HTMLInputElement>(null)
  const [canShow, setCanShow] = useState(false)
  const [isShown, setShown] = useState(false)

  // A browser offers to keep a password only from a field of that type.
  useEffect(() => {
    setCanShow(true)
    const form = field.current?.form
    const hide = () => setShown(false)
    form?.addEventListener('submit', hide, { capture: true })
    return () => form?.removeEventListener('submit', hide, { capture: true })
  }, [])

  return (
    <div className={classes('grid min-w-0 content-start gap-1', className)}>
      <FieldLabel htmlFor={fieldId} size={size}>
        {label}
      </FieldLabel>
      <div className="relative grid">
        <Input
          {...input}
          {...control}
          ref={field}
          id={fieldId}
          type={isShown ? 'text' : 'password'}
          size={size}
          isWide
          spellCheck={false}
          autoCapitalize="none"
          className="pe-20"
        />
        {canShow && (
          <button
            type="button"
            aria-controls={fieldId}
            onClick={() => setShown(!isShown)}
            className="underlined absolute inset-y-0 end-0 cursor-pointer px-3.5 text-small"
          >
            {isShown ? passwordFieldWords.hide : passwordFieldWords.show}
            <VisuallyHidden> {passwordFieldWords.password}</VisuallyHidden>
          </button>
        )}
      </div>
      {noteId && (
        <FieldNote id={noteId} size={size} problem={problem}>
          {hint}
        </FieldNote>
      )}
    </div>
  )
}
