import type { Route } from 'next'
import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { documentAddress, type NamedDocument } from '@/lib/domain/stock/named-document'

/** Words that lead to a document of ours, or the words alone when they are of none. Renders an `<a>`. */
export function DocumentLink({
  of,
  children,
}: {
  of: NamedDocument | null | undefined
  children: ReactNode
}) {
  if (!of) return children
  return (
    <Link href={documentAddress(of) as Route} className="underlined text-link">
      {children}
    </Link>
  )
}
