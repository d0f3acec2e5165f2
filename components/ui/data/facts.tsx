import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

const layouts = {
  columns: 'grid gap-5 tablet:grid-cols-2',
  row: 'grid gap-x-10 gap-y-3 text-small tablet:grid-cols-[auto_auto_1fr]',
  sums: 'grid gap-1 [&>div]:flex [&>div]:justify-between [&>div]:gap-6',
  figures: 'flex flex-wrap gap-x-10 gap-y-4 [&>div]:flex [&>div]:flex-col-reverse [&>div]:justify-end',
}

/**
 * Names and their values. Renders a `<dl>`.
 *
 * @param layout `columns` side by side, `row` along one line, `sums` with the values at the end, `figures` as large numbers
 *   over their names.
 */
export function Facts({
  layout = 'columns',
  ...props
}: Omit<ComponentPropsWithoutRef<'dl'>, 'className'> & { layout?: keyof typeof layouts }) {
  return <dl {...props} className={layouts[layout]} />
}

const sizes = { small: 'text-small', fine: 'text-fine' }

/** One name with its value, of Facts. Renders a `<dt>` and a `<dd>` in a `<div>`. */
export function Fact({
  name,
  size,
  isPlain = false,
  isFigure = false,
  children,
}: {
  name: ReactNode
  size?: keyof typeof sizes
  /** The name in the colour of the text: in a sum. */
  isPlain?: boolean
  isFigure?: boolean
  children: ReactNode
}) {
  return (
    <div>
      <dt className={classes(size && sizes[size], !isPlain && 'text-soft')}>{name}</dt>
      <dd className={classes(isPlain && 'figures', isFigure && 'figures font-semibold text-title')}>
        {children}
      </dd>
    </div>
  )
}
