import { z } from 'zod'
import { roleReaches, type StaffRole } from '@/lib/domain/people/staff'

/** The kinds of document that cause movements. An adjustment is direct staff work without a document. */
export const SourceKind = z.enum(['adjustment', 'order', 'import', 'count', 'delivery', 'transfer'])
export type SourceKind = z.infer<typeof SourceKind>

/** The cause of a movement, as the ledger stores it. */
export interface Source {
  source_kind: SourceKind
  /** Null for an adjustment. */
  source_id: string | null
}

const pages = {
  order: 'orders',
  count: 'counts',
  delivery: 'receive',
  transfer: 'receive',
  import: 'import',
} as const satisfies Record<Exclude<SourceKind, 'adjustment'>, string>

/** The page of a source; null when there is none, or when only managers may open it. */
export function sourceAddress({ source_kind, source_id }: Source, role: StaffRole): string | null {
  if (source_kind === 'adjustment' || source_id === null) return null
  if (source_kind === 'import' && !roleReaches(role, 'manager')) return null
  return `/staff/${pages[source_kind]}/${source_id}`
}
