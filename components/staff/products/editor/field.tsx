'use client'

import type { ChangeEvent, ReactNode } from 'react'
import { labelText } from '@/components/staff/forms/controls'
import { editorOf, problemWords, valueWords } from '@/components/staff/products/words'
import { shorten } from '@/lib/domain/imports/problem'
import { useEditing } from './edit-context'
import { fieldWords } from './words'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export interface ControlProps {
  id: string
  name: string
  value: string
  onChange: (event: ChangeEvent<Control>) => void
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

/** A labelled field of a product, who else is in it, and what stands against what is in it. Renders a `<div>`. */
export function Field({
  field,
  label,
  hint,
  className = '',
  children,
}: {
  field: string
  label: string
  hint?: string
  className?: string
  children: (control: ControlProps) => ReactNode
}) {
  const { texts, set, problems, contested } = useEditing()
  const notes = [hint && 'hint', problems[field] && 'problem', contested.has(field) && 'theirs'].filter(
    Boolean,
  )
  return (
    <div className={`grid content-start gap-1 ${className}`}>
      <FieldHead field={field}>
        <label htmlFor={field} className={labelText}>
          {label}
        </label>
      </FieldHead>
      {children({
        id: field,
        name: field,
        value: texts[field] ?? '',
        onChange: (event) => set(field, event.target.value),
        'aria-invalid': problems[field] ? true : undefined,
        'aria-describedby': notes.map((note) => `${field}-${note}`).join(' ') || undefined,
      })}
      {hint && (
        <p id={`${field}-hint`} className="text-fine text-soft">
          {hint}
        </p>
      )}
      <FieldNotes field={field} />
    </div>
  )
}

/** A field's label, and the colleague who is in it. Renders a `<div>`. */
export function FieldHead({ field, children }: { field: string; children: ReactNode }) {
  const colleague = useEditing().colleagueIn(field)
  return (
    <div className="flex items-baseline justify-between gap-3">
      {children}
      {colleague && (
        <span className="truncate rounded-full bg-sun px-2 text-fine text-on-sun">
          {colleague} {fieldWords.isEditingHere}
        </span>
      )}
    </div>
  )
}

/** The problem of a field, and the newer value of another editor. Renders nothing without either. */
export function FieldNotes({ field }: { field: string }) {
  const { sheet, categories, set, problems, contested } = useEditing()
  const difference = contested.get(field)
  const problem = problems[field]
  return (
    <>
      {problem && (
        <p id={`${field}-problem`} className="text-danger text-fine">
          {problemWords(field, problem, sheet)}
        </p>
      )}
      {difference && (
        <p id={`${field}-theirs`} className="border-sun border-s-4 ps-3 text-fine">
          {editorOf(field, sheet)} {fieldWords.changedThisTo}{' '}
          <q>{shorten(valueWords(field, difference.theirs, categories))}</q>.{' '}
          <button
            type="button"
            onClick={({ currentTarget }) => {
              currentTarget
                .closest('div, fieldset')
                ?.querySelector<HTMLElement>('input, select, textarea')
                ?.focus()
              set(field, difference.theirs)
            }}
            className="underlined min-h-6 cursor-pointer text-link"
          >
            {fieldWords.useTheirs}
          </button>
        </p>
      )}
    </>
  )
}

/** A yes or no of a product. Renders a `<div>` with a checkbox. */
export function CheckField({ field, label, hint }: { field: string; label: string; hint?: string }) {
  const { texts, set } = useEditing()
  return (
    <div className="grid content-start gap-1">
      <FieldHead field={field}>
        <label className="flex min-h-10 cursor-pointer items-center gap-2.5 text-small">
          <input
            type="checkbox"
            name={field}
            value="on"
            checked={texts[field] === 'on'}
            onChange={(event) => set(field, event.target.checked ? 'on' : '')}
            aria-describedby={hint ? `${field}-hint` : undefined}
            className="size-5 shrink-0"
          />
          {label}
        </label>
      </FieldHead>
      {hint && (
        <p id={`${field}-hint`} className="text-fine text-soft">
          {hint}
        </p>
      )}
      <FieldNotes field={field} />
    </div>
  )
}
