import type { ComponentPropsWithRef, ElementType } from 'react'
import { classes } from '@/components/ui/classes'

/** Entries with a line below each. Renders a `<ul>`, or an `<ol>`. */
export function LineList({
  as = 'ul',
  isOpen = false,
  ...props
}: Omit<ComponentPropsWithRef<'ul'>, 'className'> & {
  as?: 'ul' | 'ol'
  /** Without the line above the first entry: under a heading that is close. */
  isOpen?: boolean
}) {
  const Element = as as ElementType
  return <Element {...props} className={classes('grid', !isOpen && 'border-line border-t')} />
}

const layouts = {
  block: '',
  spread: 'flex justify-between gap-6',
  row: 'flex flex-wrap items-center gap-x-6 gap-y-2 text-small',
  cells: 'grid items-baseline gap-x-6 text-small',
}
const rooms = { tight: 'py-2', usual: 'py-3', wide: 'py-5' }

/**
 * One entry of a LineList. Renders an `<li>`.
 *
 * @param layout `spread` puts its last part at the end, `row` wraps, `cells` are columns from a tablet on, which
 *   `className` defines.
 */
export function LineItem({
  layout = 'block',
  room = 'usual',
  className,
  ...props
}: ComponentPropsWithRef<'li'> & { layout?: keyof typeof layouts; room?: keyof typeof rooms }) {
  return (
    <li {...props} className={classes('border-line border-b', rooms[room], layouts[layout], className)} />
  )
}
