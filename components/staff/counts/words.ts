import type { Count, NearMovement } from '@/lib/domain/counts/count'

export const statusWords: Record<Count['status'], string> = {
  open: 'Open',
  approved: 'Approved',
  reversed: 'Reversed',
  abandoned: 'Abandoned',
}

/** The scope of a count: "Table", "Shelf 3" or "Everything". */
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

/** "1 fulfilled (order 1041)": a movement close to the time of a count. */
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

/** The texts about staff on the same count. */
export const staffHereWords = {
  alsoHere: (names: string | number) => `Also here: ${names}`,
}

/** The texts of copy-notice.tsx. */
export const copyNoticeWords = {
  thisIsTheCopyOn: (time: string | number) => `This is the copy on this device, saved on ${time}.`,
  laterChangesByOtherStaff: 'Later changes by other staff are not included.',
}

/** The texts of count-decision.tsx. */
export const countDecisionWords = {
  decision: 'Decision',
  approveCount: 'Approve count',
  abandonCount: 'Abandon count',
  reverseCount: 'Reverse count',
  onlyManagersCanApproveCounts: 'Only managers can approve counts.',
  answerOneQuestion: 'Answer one question',
  answerQuestions: (open: string | number) => `Answer ${open} questions`,
  beforeYouApprove: 'before you approve.',
  saving: 'Saving…',
}

/** The texts of count-desk.tsx. */
export const countDeskWords = {
  scan: 'Scan',
  counted: 'Counted',
  noItemsCountedYet: 'No items counted yet.',
  scanTheFirstItem: ' Scan the first item.',
  notCountedYet: 'Not counted yet:',
  theirStockDoesNotChange: 'Their stock does not change.',
  toRecordThatNoneIs: ' To record that none is left, count 0.',
  thisPageAndTheList:
    'This page and the list of counts are saved on this device until you sign out. They open offline.',
}

/** The texts of count-line-row.tsx. */
export const countLineRowWords = {
  counted: 'Counted',
  expected: 'Expected',
  was: 'Was',
  difference: 'Difference',
  leaveOut: 'Leave out',
  pickedAndStillInBaskets: 'picked and still in baskets. Count',
  too: 'too.',
  entries: (name: string | number) => `Entries: ${name}`,
  by: 'by',
  theSystem: 'the system',
  undo: 'undo',
}

/** The texts of count-list.tsx. */
export const countListWords = {
  noCountsYet: 'No counts yet.',
  count: 'Count',
  aClosedLocation: 'A closed location',
  blind: ', blind',
  theSystem: 'The system',
}

/** The texts of list-copy.tsx. */
export const listCopyWords = {
  countsYouOpenedOnThis: 'Counts you opened on this device are available offline.',
}

/** The texts of movement-question.tsx. */
export const movementQuestionWords = {
  aroundThen: 'around then.',
  weCouldntConfirmThatTry: 'We couldn’t confirm that. Try again.',
}

/** The texts of scan-form.tsx. */
export const scanFormWords = {
  count: 'Count',
  enterTheNumberYouCounted: 'Enter the number you counted: a whole number from 0',
  add: 'Add',
  everyScanIsOneUnit: 'Every scan is one unit',
  added: (said: string | number) => `Added: ${said}`,
}

/** The texts of start-count-form.tsx. */
export const startCountFormWords = {
  startACount: 'Start a count',
  location: 'Location',
  category: 'Category',
  everything: 'Everything',
  shelfOptional: 'Shelf (optional)',
  shelfExample: 'Shelf 3',
  blindCountHidesExpectedQuantities: 'Blind count (hides expected quantities)',
  startCounting: 'Start counting',
  starting: 'Starting…',
}

/** The texts of waiting-notice.tsx. */
export const waitingNoticeWords = {
  savedOnThisDevice: 'Saved on this device',
  notSentYet: 'Not sent yet',
  thisDeviceCannotStore:
    'This browser can’t store entries: its storage is full or blocked. Keep this page open until they are sent.',
  deleteThemFromThisDevice: 'Delete them from this device',
  n1EntryIs: '1 entry is',
  entriesAre: (waiting: string | number) => `${waiting} entries are`,
  notInTheCount: (lines: string | number, reason: string | number) => `${lines} not in the count. ${reason}`,
  savedOnThisDeviceReload: (lines: string | number) =>
    `${lines} saved on this device. Reload the page to send.`,
  savedOnThisDeviceAnd: (lines: string | number) =>
    `${lines} saved on this device and will be sent when you are online. You can keep counting.`,
  noVariantHasTheSku: 'No variant has the SKU or barcode “',
  so: '”, so',
  notCountedCheckTheLabel: 'not counted. Check the label.',
  deleteIt: 'Delete',
}
