import type { Route } from 'next'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'

/** The page above this one. Renders a `<p>` with a link. */
export function WayBack({ href, children }: { href: Route; children: string }) {
  return (
    <Text size="small">
      <TextLink tone="link" isTall href={href}>
        {children}
      </TextLink>
    </Text>
  )
}
