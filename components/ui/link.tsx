import NextLink, { type LinkProps } from 'next/link'
import { LinkSign } from './link-sign'

/**
 * A link inside the shop. Next prefetches nothing: it keeps pages for half a minute or more, which is too long for live
 * numbers. Public pages are fetched ahead by lib/client/browser/page-ahead.ts. A click shows a sign at once. Renders an `<a>`.
 */
export function Link<Href extends string>({ children, ...props }: LinkProps<Href>) {
  return (
    <NextLink {...(props as LinkProps<Href>)} prefetch={false}>
      {children}
      <LinkSign />
    </NextLink>
  )
}
