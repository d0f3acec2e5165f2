import { randomUUID } from 'node:crypto'
import { StartError } from 'embedded-supabase/start-error'
import { keptText } from '@/lib/domain/imports/kept-text'
import { changeCount } from '@/lib/domain/imports/preview'
import { previewText } from '@/lib/domain/imports/preview-text'
import { applyImport, beginRevert, previewImport, shopCurrency } from '@/lib/server/imports/imports'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import type { Supabase } from '@/lib/server/platform/supabase'
import type { RevertFlags } from './import-flags'
import { orRefuse } from './or-refuse'

/** Says what taking an import back would do, and does it when that is wanted. Answers whether it did. */
export async function revertImport(
  client: Supabase,
  { revert: document, isConfirmed }: RevertFlags,
  shownChanges: number,
): Promise<boolean> {
  const { id } = orRefuse(await beginRevert(client, await findImport(client, document)))
  const preview = orRefuse(await previewImport(client, id, shownChanges))
  const kept = keptText(preview.kept, await shopCurrency(client))
  console.log([...previewText(preview), ...kept].join('\n'))

  const isNothing = changeCount(preview.import.summary) === 0
  if (isNothing || !isConfirmed) {
    console.log(
      isNothing ? 'Nothing of it can go back.' : 'Nothing was changed. With --yes it is reverted like this.',
    )
    return false
  }
  const applied = orRefuse(await applyImport(client, id, randomUUID()))
  console.log(`Reverted. The quantities are in the ledger as ${applied.document}.`)
  return true
}

async function findImport(client: Supabase, document: string): Promise<string> {
  const rows = rowsOrThrow(
    'imports',
    await client.from('imports').select('id').eq('document', document).limit(1),
  )
  const [found] = rows
  if (!found) throw new StartError(`There is no ${document}. Name an import as the ledger does: import-7.`)
  return found.id
}
