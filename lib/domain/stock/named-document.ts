import { z } from 'zod'

/** A document of ours that stands in the ledger by its name. */
export const NamedDocument = z.object({
  kind: z.enum(['order', 'count', 'delivery', 'transfer', 'import']),
  id: z.guid(),
})
export type NamedDocument = z.infer<typeof NamedDocument>

/** What the names are that were asked about; null for what is none of ours, or not for the asker to open. */
export const NamedDocuments = z.record(z.string(), NamedDocument.nullable())
export type NamedDocuments = z.infer<typeof NamedDocuments>

const pages = {
  order: 'orders',
  count: 'counts',
  delivery: 'receive',
  transfer: 'receive',
  import: 'import',
} as const satisfies Record<NamedDocument['kind'], string>

/** The page of a document. */
export function documentAddress({ kind, id }: NamedDocument): string {
  return `/staff/${pages[kind]}/${id}`
}
