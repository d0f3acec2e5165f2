import type { Refusal } from '@/lib/domain/core/refusal'

const words: Partial<Record<Refusal['code'], string>> = {
  invalid_input: 'Choose a CSV file of up to 20 MB. Import a larger file with the command npm run import.',
  busy: 'The database is busy, so nothing was changed. Try again in a few seconds.',
  read_only: 'The database is read-only, so nothing was changed. Check its disk space and quota.',
  signed_out: 'You were signed out, so nothing was changed. Try again.',
  role_required: 'Only managers can import files or revert imports. Nothing was changed.',
  not_found: 'This import or its location no longer exists. Upload the file again.',
  import_applied: 'This import was already confirmed.',
  import_changed:
    'Products or stock changed since the preview, so nothing was imported. Check the changes below, then confirm.',
  already_undone: 'This import was already reverted.',
  import_conflict: 'Some lines conflict with existing products, so nothing was imported.',
  idempotency_key_reused: 'This form was already sent. Nothing was imported twice.',
}

/** Why a step of an import was refused, from the `refused` of a page's address; null when it was not. */
export function refusedWords(refused: string | string[] | undefined): string | null {
  if (refused === undefined) return null
  const known = Object.entries(words).find(([code]) => code === refused)
  return known?.[1] ?? 'This could not be done. Nothing was changed.'
}
