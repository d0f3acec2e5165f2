import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'
import type { ControlLooks } from './controls'

const labelText = 'text-fine text-soft'

/** The name of a group of controls, in the look of a label or of a title. Renders a `<legend>`. */
export function Legend({ size = 'fine', children }: { size?: 'fine' | 'title'; children: ReactNode }) {
  return (
    <legend className={size === 'title' ? 'display mb-4 text-title' : `${labelText} mb-1`}>{children}</legend>
  )
}

export interface FieldLooks extends Pick<ControlLooks, 'size'> {
  label: ReactNode
  /** Advice for the person who fills it in. */
  hint?: ReactNode
  /** The error and its remedy, in place of the hint. */
  problem?: ReactNode
  /** The place of the field in its form. */
  className?: string | undefined
}

/**
 * The frame of a control: its label above it, a hint or a problem below. Renders a `<label>`, in a `<div>` with the note
 * where there is one.
 *
 * @param noteId the id of the note, which describes the control.
 */
export function Field({
  label,
  hint,
  problem,
  noteId,
  size = 'compact',
  className,
  children,
}: FieldLooks & { noteId?: string | undefined; children: ReactNode }) {
  const isLarge = size === 'large'
  const hasNote = noteId !== undefined
  const frame = (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children.
    <label className={classes('grid min-w-0 content-start gap-1', !hasNote && className)}>
      <span className={isLarge ? 'font-medium text-small' : labelText}>{label}</span>
      {children}
    </label>
  )
  if (!hasNote) return frame
  return (
    <div className={classes('grid content-start', isLarge ? 'gap-1.5' : 'gap-1', className)}>
      {frame}
      <FieldNote id={noteId} size={size} problem={problem}>
        {hint}
      </FieldNote>
    </div>
  )
}

/** The name of a control that is not among its children. Renders a `<label>`. */
export function FieldLabel({
  htmlFor,
  size = 'compact',
  children,
}: Pick<FieldLooks, 'size'> & { htmlFor: string; children: ReactNode }) {
  return (
    <label htmlFor={htmlFor} className={size === 'large' ? 'font-medium text-small' : labelText}>
      {children}
    </label>
  )
}

/** The note below a control: its problem, else its `children`. Renders a `<p>`, or nothing. */
export function FieldNote({
  id,
  size = 'compact',
  problem,
  children,
}: Pick<FieldLooks, 'size' | 'problem'> & { id: string; children?: ReactNode }) {
  if (!problem && !children) return null
  return (
    <p
      id={id}
      data-problem={problem ? true : undefined}
      className={classes(size === 'large' ? 'text-small' : 'text-fine', 'text-soft data-problem:text-danger')}
    >
      {problem || children}
    </p>
  )
}

/** The attributes of a control that its note describes; none without a note. */
export function noted(id: string | undefined, { hint, problem }: Pick<FieldLooks, 'hint' | 'problem'>) {
  if (id === undefined || (!hint && !problem)) return { noteId: undefined, control: {} }
  const noteId = `${id}-note`
  return {
    noteId,
    control: { 'aria-describedby': noteId, ...(problem ? { 'aria-invalid': true as const } : {}) },
  }
}
