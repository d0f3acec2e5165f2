import type { Route } from 'next'
import { roleReaches, type StaffRole } from '@/lib/domain/people/staff'
import { sectionWords } from './words'

interface Section {
  href: Route
  title: string
  about: string
  /** The least role that may open it. */
  least: StaffRole
}

const managers = { least: 'manager' } as const
const everyone = { least: 'viewer' } as const

/** The pages of Settings, in their order. A new page is a line here. */
const sections: readonly Section[] = [
  { href: '/staff/settings/shop', ...sectionWords.shop, ...managers },
  { href: '/staff/settings/look', ...sectionWords.look, ...managers },
  { href: '/staff/settings/home', ...sectionWords.home, ...managers },
  { href: '/staff/settings/locations', ...sectionWords.locations, ...managers },
  { href: '/staff/settings/categories', ...sectionWords.categories, ...managers },
  { href: '/staff/settings/delivery', ...sectionWords.delivery, ...everyone },
  { href: '/staff/settings/tax', ...sectionWords.tax, ...everyone },
  { href: '/staff/settings/discounts', ...sectionWords.discounts, ...everyone },
  { href: '/staff/settings/search', ...sectionWords.search, ...managers },
  { href: '/staff/settings/limits', ...sectionWords.limits, ...managers },
]

/** The pages of Settings that a role may open. */
export function sectionsFor(role: StaffRole): Section[] {
  return sections.filter(({ least }) => roleReaches(role, least))
}
