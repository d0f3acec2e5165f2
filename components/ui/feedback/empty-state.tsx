import type { ReactNode } from 'react'

/**
 * The words in place of a list without entries: why, and what to do. Renders a `<p>`.
 *
 * @param isPage for a list that is the page: larger, with room around it.
 */
export function EmptyState({ isPage = false, children }: { isPage?: boolean; children: ReactNode }) {
  return <p className={isPage ? 'py-12 text-lead text-soft' : 'text-small text-soft'}>{children}</p>
}
