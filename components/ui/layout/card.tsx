import type { ElementType } from 'react'
import type { As, Tag } from '@/components/ui/as'
import { classes } from '@/components/ui/classes'

const tones = { line: 'border-line bg-raised', field: 'border-field bg-raised', low: 'border-low bg-raised' }

interface CardLooks {
  gap?: 2 | 3 | 5
  tone?: keyof typeof tones
  /** Less room inside, and small text: for one of many. */
  isSmall?: boolean
  className?: string | undefined
}

const gaps = { 2: 'gap-2', 3: 'gap-3', 5: 'gap-5' }

/** A raised box around what belongs together. Renders a `<div>`, or the element that `as` names. */
export function Card<Own extends Tag = 'div'>({ as, ...props }: As<Own, CardLooks>) {
  const { gap = 3, tone = 'line', isSmall = false, className, ...rest } = props as CardLooks
  const Element: ElementType = as ?? 'div'
  return (
    <Element
      {...rest}
      className={classes(
        'grid rounded-small border',
        gaps[gap],
        tones[tone],
        isSmall ? 'px-4 py-3 text-small' : 'p-4',
        className,
      )}
    />
  )
}
