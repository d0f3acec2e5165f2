import type { ComponentPropsWithRef } from 'react'
import { classes } from '@/components/ui/classes'

/**
 * An error of a form or a page, with its remedy. A live region that takes no room while it is empty. Renders a
 * `<p>`.
 *
 * @param role `alert` by default: it is read out at once; `status` waits for a pause.
 */
export function Problem({
  role = 'alert',
  size = 'small',
  className,
  ...props
}: ComponentPropsWithRef<'p'> & { role?: 'alert' | 'status'; size?: 'small' | 'body' }) {
  return (
    <p
      {...props}
      role={role}
      className={classes('text-danger empty:hidden', size === 'small' && 'text-small', className)}
    />
  )
}
