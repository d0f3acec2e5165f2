import NextLink, { type LinkProps } from 'next/link'

/**
 * A link inside the shop. Pages are rendered for each request and carry live numbers, so nothing is fetched before
 * somebody follows the link. Renders an `<a>`.
 */
export function Link<Href extends string>(props: LinkProps<Href>) {
  return <NextLink {...props} prefetch={false} />
}
