import type { Count, NearMovement } from '@/lib/domain/counts/count'

export const statusWords: Record<Count['status'], string> = {
  open: 'Open',
  approved: 'Approved',
  reversed: 'Reversed',
  abandoned: 'Abandoned',
}

/** What is counted: "Table", "By the door" or "Everything". */
export function scopeWords(
  { category, shelf }: Pick<Count, 'category' | 'shelf'>,
  categories: readonly { slug: string; title: string }[],
): string {
  if (shelf) return shelf
  if (category) return categories.find(({ slug }) => slug === category)?.title ?? category
  return 'Everything'
}

const happened: Record<NearMovement['reason'], { out: string; in: string }> = {
  sale: { out: 'fulfilled', in: 'returned' },
  receive: { out: 'removed', in: 'received' },
  transfer: { out: 'transferred out', in: 'transferred in' },
  damage: { out: 'damaged', in: 'restored' },
  return: { out: 'removed', in: 'returned' },
  correction: { out: 'removed', in: 'added' },
  recount: { out: 'removed by a count', in: 'added by a count' },
  import: { out: 'removed by an import', in: 'added by an import' },
}

/** "1 handed over (order 1041)": what was booked close to a look at the shelf. */
export function movementWords({ delta, reason, document }: NearMovement): string {
  const what = `${Math.abs(delta)} ${delta < 0 ? happened[reason].out : happened[reason].in}`
  return document ? `${what} (${document})` : what
}

/** The question, and its two answers: whether it had happened when the shelf was looked at. */
export function questionWords({ delta }: Pick<NearMovement, 'delta'>): {
  question: string
  yes: string
  no: string
} {
  const one = Math.abs(delta) === 1
  return delta < 0
    ? {
        question: one ? 'Had it left before you counted?' : 'Had they left before you counted?',
        yes: 'Yes, already gone',
        no: one ? 'I counted it' : 'I counted them',
      }
    : {
        question: one ? 'Did you count it?' : 'Did you count them?',
        yes: one ? 'I counted it' : 'I counted them',
        no: 'No, not there yet',
      }
}
