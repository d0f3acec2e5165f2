import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

const sizes = { body: '', title: 'text-title', small: 'text-small text-soft' }

/** A name and an amount at the two ends of a line. Renders a `<p>`. */
export function Sum({
  name,
  size = 'body',
  className = 'mt-3',
  children,
}: {
  name: ReactNode
  size?: keyof typeof sizes
  className?: string
  children: ReactNode
}) {
  return (
    <p className={classes('flex items-baseline justify-between gap-6', sizes[size], className)}>
      <span>{name}</span>
      <span className="figures">{children}</span>
    </p>
  )
}
