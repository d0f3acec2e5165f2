import type { ElementType } from 'react'
import type { As, Tag } from '@/components/ui/as'
import { classes } from '@/components/ui/classes'

const gaps = {
  2: 'gap-2',
  3: 'gap-3',
  4: 'gap-4',
  6: 'gap-6',
  wide: 'gap-x-6 gap-y-2',
  text: 'gap-x-5 gap-y-1',
}
const aligns = { center: 'items-center', end: 'items-end', start: 'items-start', baseline: 'items-baseline' }

interface RowLooks {
  /** `wide` and `text` keep wrapped lines closer than neighbours. */
  gap?: keyof typeof gaps
  align?: keyof typeof aligns
  /** The first part at the start, the last at the end. */
  spread?: boolean
  /** Stays one line. */
  isLine?: boolean
  size?: 'small'
  className?: string | undefined
}

/** Parts beside each other, wrapping where there is no room. Renders a `<div>`, or the element that `as` names. */
export function Row<Own extends Tag = 'div'>({ as, ...props }: As<Own, RowLooks>) {
  const { gap = 3, align, spread, isLine, size, className, ...rest } = props as RowLooks
  const Element: ElementType = as ?? 'div'
  return (
    <Element
      {...rest}
      className={classes(
        'flex',
        !isLine && 'flex-wrap',
        gaps[gap],
        align && aligns[align],
        spread && 'justify-between',
        size && 'text-small',
        className,
      )}
    />
  )
}
