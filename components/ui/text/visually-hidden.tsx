import type { ElementType } from 'react'
import type { As, Tag } from '@/components/ui/as'

/** Text for a screen reader alone. Renders a `<span>`, or the element that `as` names. */
export function VisuallyHidden<Own extends Tag = 'span'>({ as, ...props }: As<Own, object>) {
  const Element: ElementType = as ?? 'span'
  return <Element {...(props as object)} className="sr-only" />
}
