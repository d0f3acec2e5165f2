import type { ComponentProps, ReactNode } from 'react'
import { fieldBox, labelText } from '@/components/staff/forms/controls'

/** A labelled field of what is new, with what is wrong with it below. Renders a `<div>`. */
export function MakeField({
  label,
  hint,
  problem,
  id,
  children,
  className = '',
  ...input
}: Omit<ComponentProps<'input'>, 'children'> & {
  label: string
  id: string
  hint?: string
  problem: string | undefined
  /** Another control than an `<input>`. */
  children?: (control: { id: string; 'aria-invalid'?: true; 'aria-describedby': string }) => ReactNode
}) {
  const control = {
    id,
    'aria-describedby': `${id}-note`,
    ...(problem && { 'aria-invalid': true as const }),
  }
  return (
    <div className={`grid content-start gap-1 ${className}`}>
      <label htmlFor={id} className={labelText}>
        {label}
      </label>
      {children?.(control) ?? (
        <input {...input} {...control} autoComplete="off" className={`${fieldBox} w-full`} />
      )}
      <p
        id={`${id}-note`}
        data-problem={problem ? true : undefined}
        className="text-fine text-soft empty:hidden data-problem:text-danger"
      >
        {problem ? `${label.split(',')[0]} ${problem}.` : hint}
      </p>
    </div>
  )
}
