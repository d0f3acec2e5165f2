import type { ComponentProps } from 'react'
import { TextField } from '@/components/ui/forms/text-field'

/** A field of a new product or variant; a problem continues its label in a sentence. Renders a labelled `<input>`. */
export function MakeField({
  label,
  problem,
  ...input
}: Omit<ComponentProps<typeof TextField>, 'label' | 'problem'> & {
  label: string
  id: string
  problem: string | undefined
}) {
  return (
    <TextField isWide autoComplete="off" {...input} label={label} problem={problemSentence(label, problem)} />
  )
}

/** "Price must be a number." of the label "Price, EUR". */
export function problemSentence(label: string, problem: string | undefined): string | undefined {
  return problem && `${label.split(',')[0]} ${problem}.`
}
