import type { ElementType } from 'react'
import type { As, Tag } from '@/components/ui/as'
import { classes } from '@/components/ui/classes'

const gaps = {
  0: '',
  0.5: 'gap-0.5',
  1: 'gap-1',
  1.5: 'gap-1.5',
  2: 'gap-2',
  3: 'gap-3',
  4: 'gap-4',
  5: 'gap-5',
  6: 'gap-6',
  8: 'gap-8',
  10: 'gap-10',
  12: 'gap-12',
}
const widths = { prose: 'max-w-prose', form: 'max-w-176' }
const columnsFromTablet = { 1: '', 2: 'tablet:grid-cols-2', 3: 'tablet:grid-cols-3' }
const lines = { top: 'border-line border-t', bottom: 'border-line border-b' }

interface StackLooks {
  gap?: keyof typeof gaps
  /** Side by side from a tablet on. */
  columns?: keyof typeof columnsFromTablet
  width?: keyof typeof widths
  /** Stays at the top of a taller neighbour instead of spreading. */
  atTop?: boolean
  /** Children are as wide as their content. */
  hugs?: boolean
  /** May become narrower than its longest word. */
  shrinks?: boolean
  line?: keyof typeof lines
  className?: string | undefined
}

/** Parts below each other with one distance between them. Renders a `<div>`, or the element that `as` names. */
export function Stack<Own extends Tag = 'div'>({ as, ...props }: As<Own, StackLooks>) {
  const { gap = 0, columns = 1, width, atTop, hugs, shrinks, line, className, ...rest } = props as StackLooks
  const Element: ElementType = as ?? 'div'
  return (
    <Element
      {...rest}
      className={classes(
        'grid',
        gaps[gap],
        columnsFromTablet[columns],
        width && widths[width],
        atTop && 'content-start',
        hugs && 'justify-items-start',
        shrinks && 'min-w-0',
        line && lines[line],
        className,
      )}
    />
  )
}
