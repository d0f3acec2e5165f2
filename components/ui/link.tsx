import NextLink, { type LinkProps } from 'next/link'
import { LinkSign } from './link-sign'

/**
 * A link inside the shop. Nothing is fetched before it is followed: Next keeps what it prefetches for half a minute or more,
 * which is too long for a page with live numbers. A click shows a sign at once. Renders an `<a>`.
 */
export function Link<Href extends string>({ children, ...props }: LinkProps<Href>) {
  return (
    <NextLink {...(props as LinkProps<Href>)} prefetch={false}>
      {children}
      <LinkSign />
    </NextLink>
  )
}
