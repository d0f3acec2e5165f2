import type { ComponentPropsWithRef } from 'react'
import { classes } from '@/components/ui/classes'

const sizes = {
  display: 'display text-display',
  heading: 'display text-heading',
  title: 'display text-title',
  plain: 'font-semibold',
}

/**
 * A heading in the voice of the shop; `plain` is one in the voice of its text. Renders an `<h1>`, `<h2>` or `<h3>`.
 *
 * @param size by default `heading` for the first level and `title` for the others.
 */
export function Heading({
  level,
  size = level === 1 ? 'heading' : 'title',
  breaks = false,
  figures = false,
  className,
  ...props
}: ComponentPropsWithRef<'h2'> & {
  level: 1 | 2 | 3
  size?: keyof typeof sizes
  /** Breaks anywhere, for the name of a file. */
  breaks?: boolean
  figures?: boolean
}) {
  const Element = `h${level}` as const
  return (
    <Element
      {...props}
      className={classes(sizes[size], breaks && 'wrap-anywhere', figures && 'figures', className)}
    />
  )
}
