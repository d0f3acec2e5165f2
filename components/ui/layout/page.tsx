import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'

const gaps = { 6: 'gap-6', 8: 'gap-8', 10: 'gap-10', 12: 'gap-12' }

/** The content of a staff page, part below part. Renders a `<main>`. */
export function StaffPage({
  gap = 10,
  isNarrow = false,
  children,
}: {
  gap?: keyof typeof gaps
  isNarrow?: boolean
  children: ReactNode
}) {
  return <main className={classes('page grid py-8', gaps[gap], isNarrow && 'max-w-176')}>{children}</main>
}

/** The content of a shop page, in the column that everything keeps to. Renders a `<div>`. */
export function ShopPage({ children }: { children: ReactNode }) {
  return <div className="page pt-10 tablet:pt-16">{children}</div>
}

/**
 * The title of a staff page: where it is, what it is, what it is for. Renders a `<header>` with the `<h1>`.
 *
 * @param above the link to the page above.
 * @param actions what can be done on the whole page, at the other end of the line.
 */
export function PageHeading({
  title,
  above,
  actions,
  breaks = false,
  children,
}: {
  title: ReactNode
  above?: ReactNode
  actions?: ReactNode
  breaks?: boolean
  children?: ReactNode
}) {
  if (actions !== undefined) {
    return (
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <Heading level={1}>{title}</Heading>
        {actions}
      </header>
    )
  }
  return (
    <header className="grid gap-2">
      {above}
      <Heading level={1} breaks={breaks}>
        {title}
      </Heading>
      {children && (
        <Text size="small" tone="soft" prose>
          {children}
        </Text>
      )}
    </header>
  )
}
