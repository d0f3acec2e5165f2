import type { ElementType } from 'react'
import type { As, Tag } from '@/components/ui/as'
import { classes } from '@/components/ui/classes'

const tones = {
  plain: 'bg-sunken px-5 py-4',
  sun: 'mb-8 justify-between border-sun border-s-4 bg-raised px-4 py-3 text-small',
  low: 'rounded-small border border-low p-3 text-small',
  danger: 'rounded-small border border-danger px-3 py-2 text-small',
  line: 'justify-between rounded-small border border-line bg-raised px-4 py-3',
  own: 'justify-between rounded-small border border-ink bg-raised px-4 py-3',
}

interface NoticeLooks {
  /**
   * `plain` in the shop, `sun` for news, `low` for a decision, `danger` for an error; `line` for a state, `own` for the
   * reader's own.
   */
  tone?: keyof typeof tones
  className?: string | undefined
}

/**
 * A message in a box, with its actions in a row. `role="alert"` for a message that appears during work, `role="status"` for
 * one that is part of the page. Renders a `<div>`, or the element that `as` names.
 */
export function Notice<Own extends Tag = 'div'>({ as, ...props }: As<Own, NoticeLooks>) {
  const { tone = 'plain', className, ...rest } = props as NoticeLooks
  const Element: ElementType = as ?? 'div'
  return (
    <Element
      {...rest}
      className={classes('flex flex-wrap items-center gap-x-6 gap-y-3', tones[tone], className)}
    />
  )
}
