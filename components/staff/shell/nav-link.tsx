'use client'

import type { Route } from 'next'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { TabLink } from '@/components/ui/navigation/tab-link'

/**
 * A link that knows when its page is open, or one below it, and is in sight then where its list of links is scrolled
 * sideways. Renders an `<a>` with `aria-current`.
 *
 * @param over where the pages below it are, if not under its own address alone.
 */
export function NavLink({
  href,
  over = [href],
  children,
}: {
  href: Route
  over?: readonly string[]
  children: ReactNode
}) {
  const pathname = usePathname()
  const isOpen = pathname === href || over.some((place) => `${pathname}/`.startsWith(`${place}/`))
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    const list = link.current?.parentElement
    // Not scrollIntoView: that would move the page, too.
    if (isOpen && link.current && list)
      list.scrollLeft = link.current.offsetLeft - (list.clientWidth - link.current.offsetWidth) / 2
  }, [isOpen])
  return (
    <TabLink ref={link} href={href} aria-current={pathname === href ? 'page' : isOpen || undefined}>
      {children}
    </TabLink>
  )
}
