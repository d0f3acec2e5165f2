'use client'

import type { Route } from 'next'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'

/** A link that knows when its page, or one below it, is open. Renders an `<a>` with `aria-current`. */
export function NavLink({ href, children }: { href: Route; children: ReactNode }) {
  const pathname = usePathname()
  const isOpen = pathname === href
  return (
    <Link
      href={href}
      aria-current={isOpen ? 'page' : undefined}
      className="border-transparent border-b-2 py-1 aria-[current]:border-ink hover:border-line"
    >
      {children}
    </Link>
  )
}
