import type { LinkProps } from 'next/link'
import type { ComponentPropsWithRef, ReactNode, Ref } from 'react'
import { classes } from '@/components/ui/classes'
import { Link } from '@/components/ui/link'

/** The look of a link to one of several views; `aria-current` draws a line below the open one. */
export const tabLook =
  'min-w-6 shrink-0 border-transparent border-b-2 py-1.5 aria-[current]:border-ink hover:border-line data-trouble:text-low'

/** Links to the views of a page, in a row. Renders a `<nav>` with the name `label`. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-x-4 gap-y-1 text-small tablet:gap-x-5">
      {children}
    </nav>
  )
}

/**
 * A link to one view of a page, with `aria-current` while that view is open. Renders an `<a>`.
 *
 * @param count the number of entries behind the link.
 * @param isTrouble whether its entries need attention.
 */
export function TabLink<Href extends string>({
  count,
  isTrouble = false,
  className,
  children,
  ...props
}: LinkProps<Href> & { ref?: Ref<HTMLAnchorElement>; count?: number | undefined; isTrouble?: boolean }) {
  return (
    <Link
      {...(props as LinkProps<Href>)}
      data-trouble={isTrouble || undefined}
      className={classes(tabLook, className)}
    >
      {children}
      {count !== undefined && <TabCount>{count}</TabCount>}
    </Link>
  )
}

/** The number of entries behind a tab. Renders a `<span>`. */
export function TabCount({ className, ...props }: ComponentPropsWithRef<'span'>) {
  return <span {...props} className={classes('figures ms-1.5 font-semibold', className)} />
}
