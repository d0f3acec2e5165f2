import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

const ratios = {
  '1:1': 'desktop:grid-cols-2',
  '2:1': 'desktop:grid-cols-[2fr_1fr]',
  '3:2': 'desktop:grid-cols-[3fr_2fr]',
}

/** The parts of a page side by side on a desktop, below each other elsewhere. Renders a `<div>`. */
export function Columns({
  ratio = '1:1',
  className,
  children,
}: {
  ratio?: keyof typeof ratios
  className?: string
  children: ReactNode
}) {
  return <div className={classes('grid gap-x-16 gap-y-12', ratios[ratio], className)}>{children}</div>
}
