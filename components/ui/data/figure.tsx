import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

const widths = { usual: 'w-20', narrow: 'w-17 tablet:w-18' }

/** A number under its name, in a row of several of one width. Renders a `<p>`. */
export function Figure({
  label,
  width = 'usual',
  children,
}: {
  label: string
  width?: keyof typeof widths
  children: ReactNode
}) {
  return (
    <p className={classes(widths[width], 'tablet:text-right')}>
      <span className="block text-fine text-soft">{label}</span>
      {children}
    </p>
  )
}
