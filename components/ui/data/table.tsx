import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

interface Column {
  /** The text of its heading; also its key, unless `key` is given. */
  heading: ReactNode
  key?: string
  /** Numbers are at the end of their column. */
  end?: boolean
  className?: string
}

/**
 * Rows and columns.
 *
 * @param isTitled shows the caption above the table instead of leaving it to screen readers.
 * @param asCards on a phone every row is a card and the headings are for screen readers; otherwise the table scrolls
 *   sideways inside its box.
 *
 * Renders a `<table>`, in a `<div>` that scrolls unless its rows become cards.
 */
export function Table({
  caption,
  columns,
  isTitled = false,
  asCards = false,
  children,
}: {
  caption: ReactNode
  columns: readonly Column[]
  isTitled?: boolean
  asCards?: boolean
  children: ReactNode
}) {
  const table = (
    <table className={classes('w-full border-collapse text-left text-small', asCards && 'max-tablet:block')}>
      <caption className={isTitled ? 'pb-2 text-left text-fine text-soft' : 'sr-only'}>{caption}</caption>
      <thead className={classes(asCards && 'max-tablet:sr-only')}>
        <tr className="border-line border-b text-fine text-soft [&>th:last-child]:pe-0 [&>th]:py-2 [&>th]:pe-3 tablet:[&>th]:pe-6 [&>th]:align-bottom [&>th]:font-normal">
          {columns.map(({ heading, key, end, className }) => (
            <th key={key ?? String(heading)} scope="col" className={classes(end && 'text-right', className)}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className={classes(asCards && 'max-tablet:block max-tablet:border-line max-tablet:border-t')}>
        {children}
      </tbody>
    </table>
  )
  return asCards ? table : <div className="overflow-x-auto">{table}</div>
}

const cards = {
  grid: 'max-tablet:grid max-tablet:grid-cols-[1fr_auto] max-tablet:gap-x-4 max-tablet:gap-y-1.5 max-tablet:py-4 tablet:[&>*]:py-3',
  wrap: 'max-tablet:flex max-tablet:flex-wrap max-tablet:gap-x-3 max-tablet:py-3 tablet:[&>*]:py-2',
}

/**
 * One row of a Table. Renders a `<tr>`.
 *
 * @param card the places of its cells on a phone, for a table of cards: a grid of two columns, or one after the
 *   other.
 */
export function TableRow({
  card,
  align = 'top',
  ...props
}: Omit<ComponentPropsWithRef<'tr'>, 'className' | 'align'> & {
  card?: keyof typeof cards
  align?: 'top' | 'baseline'
}) {
  return (
    <tr
      {...props}
      className={classes(
        'border-line border-b',
        align === 'top' ? 'align-top' : 'align-baseline',
        card
          ? 'tablet:[&>*:last-child]:pe-0 tablet:[&>*]:pe-6'
          : '[&>*:last-child]:pe-0 [&>*]:py-2 [&>*]:pe-3 tablet:[&>*]:pe-6',
        card && cards[card],
      )}
    />
  )
}

/** A cell of a TableRow; the one that names its row is its heading. Renders a `<td>`, or a `<th scope="row">`. */
export function Cell({
  names = false,
  end = false,
  figures = false,
  tone,
  wide = false,
  className,
  ...props
}: ComponentPropsWithRef<'td'> & {
  /** Names its row. */
  names?: boolean
  end?: boolean
  figures?: boolean
  tone?: 'soft'
  /** The whole width of a card. */
  wide?: boolean
}) {
  const look = classes(
    names && 'text-left font-normal',
    end && 'text-right',
    figures && 'figures',
    tone && 'text-soft',
    wide && 'max-tablet:col-span-2',
    className,
  )
  return names ? <th scope="row" {...props} className={look} /> : <td {...props} className={look} />
}
