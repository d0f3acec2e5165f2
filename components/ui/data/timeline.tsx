import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

/** Events along a line. Renders an `<ol>`. */
export function Timeline({ isSmall = false, children }: { isSmall?: boolean; children: ReactNode }) {
  return (
    <ol className={classes('grid gap-3 border-line border-l pl-5', isSmall ? 'text-small' : 'mt-4')}>
      {children}
    </ol>
  )
}
