import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classes } from '@/components/ui/classes'
import { buttonLook } from './button-look'

const looks = {
  link: 'underlined flex h-10 w-fit cursor-pointer items-center text-link text-small',
  text: 'underlined -mx-1 inline-flex min-h-11 w-fit cursor-pointer list-none items-center px-1',
  inline: 'underlined min-h-6 cursor-pointer text-link',
  plain: 'w-fit cursor-pointer py-0.5 text-link text-small',
  button: `${buttonLook()} inline-flex list-none items-center`,
}

/**
 * Content for some visits, hidden below its name. Renders a `<details>`.
 *
 * @param look `button` for a change that is confirmed, `link` beside other controls, `text` in the shop, `inline` in a
 *   line of text, `plain` for more of the same.
 */
export function Disclosure({
  summary,
  look = 'plain',
  className,
  children,
  ...props
}: ComponentPropsWithRef<'details'> & { summary: ReactNode; look?: keyof typeof looks }) {
  return (
    <details {...props} className={classes('[&>*:not(summary)]:mt-2', className)}>
      <summary className={classes(looks[look])}>{summary}</summary>
      {children}
    </details>
  )
}
