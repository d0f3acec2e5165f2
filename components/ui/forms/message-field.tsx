import type { ComponentPropsWithRef } from 'react'
import { largeControl } from '@/components/ui/looks'
import { TextArea } from './controls'
import { Field, type FieldLooks, noted } from './field'

type Props = ComponentPropsWithRef<'textarea'> & FieldLooks

/** A labelled field for several lines; a hint or a problem needs its `id`. Renders a `<label>` with a `<textarea>`. */
export function MessageField({ label, hint, problem, size, ...textarea }: Props) {
  const { noteId, control } = noted(textarea.id, { hint, problem })
  return (
    <Field label={label} hint={hint} problem={problem} noteId={noteId} size={size}>
      {size === 'large' ? (
        <textarea {...textarea} className={largeControl} {...control} />
      ) : (
        <TextArea {...textarea} {...control} />
      )}
    </Field>
  )
}
