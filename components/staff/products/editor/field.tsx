'use client'

import type { ChangeEvent, ReactNode } from 'react'
import { editorOf, problemWords, valueWords } from '@/components/staff/products/words'
import { LinkButton } from '@/components/ui/actions/button'
import { Badge } from '@/components/ui/feedback/badge'
import { CheckField as UiCheckField } from '@/components/ui/forms/check-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
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

/** A labelled field of a product, with its other editor, its problem and the newer value. Renders a `<div>`. */
export function Field({
  field,
  label,
  hint,
  children,
}: {
  field: string
  label: string
  hint?: string
  children: (control: ControlProps) => ReactNode
}) {
  const { texts, set, problems, contested } = useEditing()
  const notes = [hint && 'hint', problems[field] && 'problem', contested.has(field) && 'theirs'].filter(
    Boolean,
  )
  return (
    <Stack gap={1} atTop>
      <FieldHead field={field}>
        <Text as="label" size="fine" tone="soft" htmlFor={field}>
          {label}
        </Text>
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
        <Text size="fine" tone="soft" id={`${field}-hint`}>
          {hint}
        </Text>
      )}
      <FieldNotes field={field} />
    </Stack>
  )
}

/** A field's label, with the other staff member in the field. Renders a `<div>`. */
export function FieldHead({ field, children }: { field: string; children: ReactNode }) {
  const staffMember = useEditing().editorIn(field)
  return (
    <Row align="baseline" spread isLine>
      {children}
      {staffMember && (
        <Badge>
          {staffMember} {fieldWords.isEditingHere}
        </Badge>
      )}
    </Row>
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
        <Text size="fine" tone="danger" id={`${field}-problem`}>
          {problemWords(field, problem, sheet)}
        </Text>
      )}
      {difference && (
        <p id={`${field}-theirs`} className="border-sun border-s-4 ps-3 text-fine">
          {editorOf(field, sheet)} {fieldWords.changedThisTo}{' '}
          <q>{shorten(valueWords(field, difference.theirs, categories))}</q>.{' '}
          <LinkButton
            onClick={({ currentTarget }) => {
              currentTarget
                .closest('div, fieldset')
                ?.querySelector<HTMLElement>('input, select, textarea')
                ?.focus()
              set(field, difference.theirs)
            }}
          >
            {fieldWords.useTheirs}
          </LinkButton>
        </p>
      )}
    </>
  )
}

/** A yes or no of a product. Renders a `<div>` with a checkbox. */
export function CheckField({ field, label, hint }: { field: string; label: string; hint?: string }) {
  const { texts, set } = useEditing()
  return (
    <Stack gap={1} atTop>
      <FieldHead field={field}>
        <UiCheckField
          name={field}
          value="on"
          checked={texts[field] === 'on'}
          onChange={(event) => set(field, event.target.checked ? 'on' : '')}
          aria-describedby={hint ? `${field}-hint` : undefined}
          label={label}
        />
      </FieldHead>
      {hint && (
        <Text size="fine" tone="soft" id={`${field}-hint`}>
          {hint}
        </Text>
      )}
      <FieldNotes field={field} />
    </Stack>
  )
}
