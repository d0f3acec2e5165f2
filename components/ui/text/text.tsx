import type { ElementType } from 'react'
import type { As, Tag } from '@/components/ui/as'
import { classes } from '@/components/ui/classes'

const sizes = {
  title: 'text-title',
  lead: 'text-lead',
  body: 'text-body',
  small: 'text-small',
  fine: 'text-fine',
}
const tones = {
  ink: 'text-ink',
  soft: 'text-soft',
  danger: 'text-danger',
  low: 'text-low',
}
const weights = { normal: 'font-normal', medium: 'font-medium', strong: 'font-semibold' }

export interface TextLooks {
  size?: keyof typeof sizes
  /** `soft` steps back, `low` asks for attention, `danger` says what is wrong. */
  tone?: keyof typeof tones
  weight?: keyof typeof weights
  /** Digits of one width, for numbers that change in place. */
  figures?: boolean
  /** A separate line, for a `<span>` or a `<time>`. */
  block?: boolean
  /** At most as wide as is easy to read. */
  prose?: boolean
  /** Breaks anywhere, for an address or a code. */
  breaks?: boolean
  /** Takes no room while it has no content, as a live region does. */
  hidesEmpty?: boolean
  end?: boolean
  className?: string | undefined
}

/** Text of the shop in its sizes and tones. Renders a `<p>`, or the element that `as` names. */
export function Text<Own extends Tag = 'p'>({ as, ...props }: As<Own, TextLooks>) {
  const { size, tone, weight, figures, block, prose, breaks, hidesEmpty, end, className, ...rest } =
    props as TextLooks
  const Element: ElementType = as ?? 'p'
  return (
    <Element
      {...rest}
      className={classes(
        size && sizes[size],
        tone && tones[tone],
        weight && weights[weight],
        figures && 'figures',
        block && 'block',
        prose && 'max-w-prose',
        breaks && 'wrap-anywhere',
        hidesEmpty && 'empty:hidden',
        end && 'text-right',
        className,
      )}
    />
  )
}
