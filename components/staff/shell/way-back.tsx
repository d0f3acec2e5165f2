import type { Route } from 'next'
import { Link } from '@/components/ui/link'

/** The page above this one. Renders a `<p>` with a link. */
export function WayBack({ href, children }: { href: Route; children: string }) {
  return (
    <p className="text-small">
      <Link href={href} className="underlined inline-block min-h-6 text-link">
        {children}
      </Link>
    </p>
  )
}
