import type { ComponentPropsWithRef } from 'react'
import { type ControlLooks, Input, Select } from './controls'
import { Field, type FieldLooks, noted } from './field'

type Labelled<Own extends 'input' | 'select'> = Omit<ComponentPropsWithRef<Own>, 'size'> &
  ControlLooks &
  FieldLooks

/** A labelled field to type into; a hint or a problem needs its `id`. Renders a `<label>` with an `<input>`. */
export function TextField({ label, hint, problem, className, size, ...input }: Labelled<'input'>) {
  const { noteId, control } = noted(input.id, { hint, problem })
  return (
    <Field label={label} hint={hint} problem={problem} noteId={noteId} size={size} className={className}>
      <Input {...input} size={size} {...control} />
    </Field>
  )
}

/** A labelled list to choose one from; its `children` are the options. Renders a `<label>` with a `<select>`. */
export function SelectField({ label, hint, problem, className, size, ...select }: Labelled<'select'>) {
  const { noteId, control } = noted(select.id, { hint, problem })
  return (
    <Field label={label} hint={hint} problem={problem} noteId={noteId} size={size} className={className}>
      <Select {...select} size={size} {...control} />
    </Field>
  )
}
