import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

const fieldSizes = { compact: 'min-h-10 gap-2 text-small', large: 'min-h-11 gap-3' }

/** A yes or no, with its words as part of the target: 40 px high, `large` 44 px for the shop. Renders a `<label>`. */
export function CheckField({
  label,
  size = 'compact',
  className,
  ...props
}: Omit<ComponentPropsWithRef<'input'>, 'type' | 'size'> & {
  label: ReactNode
  size?: keyof typeof fieldSizes
}) {
  return (
    <label className={classes('flex items-center', fieldSizes[size], className)}>
      <Checkbox {...props} />
      <span>{label}</span>
    </label>
  )
}

const sizes = { usual: 'size-5', large: 'size-6', small: 'size-4' }

/** A checkbox that the caller names. Renders an `<input type="checkbox">`. */
export function Checkbox({
  size = 'usual',
  className,
  ...props
}: Omit<ComponentPropsWithRef<'input'>, 'type' | 'size'> & { size?: keyof typeof sizes }) {
  return <input {...props} type="checkbox" className={classes(sizes[size], 'shrink-0', className)} />
}
