import type { Route } from 'next'
import { TextLink } from '@/components/ui/text/text-link'

interface Way {
  href: string
  label: string
}

/**
 * The ways through a list that is read page after page: back to its beginning, on to what follows. Renders a `<nav>`, or
 * nothing without either.
 */
export function NextPages({ label, first, next }: { label: string; first: Way | null; next: Way | null }) {
  if (!first && !next) return null
  return (
    <nav aria-label={label} className="flex gap-6 text-small">
      {first && (
        <TextLink href={first.href as Route} tone="link">
          {first.label}
        </TextLink>
      )}
      {next && (
        <TextLink href={next.href as Route} tone="link" end>
          {next.label}
        </TextLink>
      )}
    </nav>
  )
}
