import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

const formats = { a4: '', roll: 'sheet-roll' }

/** The format of a sheet: A4, or the 58 mm roll of a label or receipt printer. */
export type Format = keyof typeof formats

/** A sheet that looks on screen as it is printed, also in the dark scheme; `data-print` prints it alone. Renders an `<article>`. */
export function Sheet({ format, label, children }: { format: Format; label: string; children: ReactNode }) {
  return (
    <article aria-label={label} data-print className={classes('sheet', formats[format])}>
      {children}
    </article>
  )
}

/** Lines of a Sheet with a number each, the number first. Renders a `<ul>`. */
export function SheetLines({ children }: { children: ReactNode }) {
  return <ul className="sheet-lines">{children}</ul>
}
