import type { ComponentProps } from 'react'
import { textBox } from './controls'

/** A labelled text field with what is wrong with it below. Renders a `<label>` and an `<input>` in a `<div>`. */
export function TextField({
  label,
  problem,
  id,
  className,
  ...props
}: ComponentProps<'input'> & { label: string; id: string; problem: string | undefined }) {
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-small">
        {label}
      </label>
      <input
        {...props}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        className={textBox}
      />
      <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>
    </div>
  )
}

/** The problem of a field and its remedy. Renders a `<p>`, or nothing for a valid field. */
export function FieldProblem({ id, children }: { id: string; children: string | undefined }) {
  if (!children) return null
  return (
    <p id={id} className="mt-1.5 text-danger text-small">
      {children}
    </p>
  )
}
