import type { Refusal } from '@/lib/domain/core/refusal'

const words: Partial<Record<Refusal['code'], string>> = {
  invalid_input:
    'Choose a CSV file of up to 20 MB. A larger one can be imported by the command npm run import.',
  busy: 'The database is busy, so nothing was changed. Try again in a few seconds.',
  read_only:
    'The database takes no changes right now, so nothing was changed. Check its disk space and quota.',
  signed_out: 'You were signed out, so nothing was changed. Try again.',
  role_required: 'Only managers import files and take imports back. Nothing was changed.',
  not_found: 'This import or its location is not there any more. Begin it again.',
  import_applied: 'This was confirmed before; it is not done twice.',
  import_changed:
    'The catalogue or the stock moved since you looked, so nothing was changed. Below is the difference as it is now: look again, then confirm.',
  already_undone: 'This import was taken back before; nothing is left of it.',
  import_conflict: 'Some lines contradict the catalogue, so nothing was imported.',
  idempotency_key_reused: 'This form was sent before. Nothing was imported a second time.',
}

/** Why a step of an import was refused, from the `refused` of a page's address; null when it was not. */
export function refusedWords(refused: string | string[] | undefined): string | null {
  if (refused === undefined) return null
  const known = Object.entries(words).find(([code]) => code === refused)
  return known?.[1] ?? 'That was refused, and nothing was changed.'
}
