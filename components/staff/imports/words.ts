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

/** Why a step of an import was refused. */
export function importRefusalWords({ code }: Pick<Refusal, 'code'>): string {
  return words[code] ?? 'This could not be done. Nothing was changed.'
}

/** The texts of questions/ask-list.tsx. */
export const askListWords = {
  questionsAboutThisFile: 'Questions about this file',
  eachAnswerIsForAll: 'Each answer is for all cells of its kind. Answer every question to import the file.',
  cells: (count: number) => (count === 1 ? '1 cell' : `${count} cells`),
  example: (line: number, column: string, value: string) => `Line ${line}, ${column}: ${value}`,
}

/** The texts of change-table.tsx. */
export const changeTableWords = {
  theFirstOfChanges: (count: string | number, total: string | number) =>
    `The first ${count} of ${total} changes`,
  allChanges: 'All changes',
  line: 'Line',
  productOrVariant: 'Product or variant',
  change: 'Change',
  newIt: 'New',
}

/** The texts of decision.tsx. */
export const decisionWords = {
  answerTheQuestions: 'Answer the questions above to import the file.',
  decision: 'Decision',
  skipTheseLinesAboveOr: 'Skip these lines above, or correct ',
  correct: 'Correct ',
  theseLinesAndUploadThe: 'these lines and upload the file again. Nothing was imported.',
  changes: (count: string | number) => `${count} changes`,
  theShopAlreadyMatchesThis: 'The shop already matches this file. There is nothing to import.',
  importIt: 'Import',
  importing: 'Importing…',
  discard: 'Discard',
  nothingFromThisImportCan: 'Nothing from this import can be reverted.',
  revert: 'Revert',
  reverting: 'Reverting…',
  keepImport: 'Keep import',
}

/** The texts of discarded.tsx. */
export const discardedWords = {
  importIt: 'Import',
  keptThisImportOn: 'kept this import on',
  nothingWasReverted: '. Nothing was reverted.',
  openTheImport: 'Open the import',
  toSeeWhatItChanged: 'to see what it changed, or to check what reverting it would do.',
  discardedThisFileOn: 'discarded this file on',
  nothingWasImportedToStart: '. Nothing was imported. To start again, upload the file.',
}

/** The texts of import-counts.tsx. */
export const importCountsWords = {
  unitsOnHand: 'Units on hand',
  changedLevels: 'Changed levels',
  newProducts: 'New products',
  changedProducts: 'Changed products',
  newVariants: 'New variants',
  changedVariants: 'Changed variants',
  unchanged: 'Unchanged',
  existingItemsChanged: 'Existing items changed:',
}

/** The texts of import-heading.tsx. */
export const importHeadingWords = {
  importIt: 'Import',
  thisIt: 'This',
  wouldRevert: 'would revert',
  anEarlierImport: 'an earlier import',
  itWas: 'It was',
  reverted: 'reverted',
  theQuantitiesAreInThe: (value: string | number, document: string | number) =>
    `${value}. The quantities are in the ledger as ${document}.`,
  reverted2: 'Reverted',
  imported: 'Imported',
  nothingHasChangedYet: 'Nothing has changed yet.',
  nothingHasChangedYetQuantities: (place: string | number) =>
    `Nothing has changed yet. Quantities apply to ${place}.`,
}

/** The texts of kept-table.tsx. */
export const keptTableWords = {
  notReverted: 'Not reverted',
  notChanged: 'Not changed',
  productOrVariant: 'Product or variant',
  field: 'Field',
  reason: 'Reason',
}

/** The texts of problem-table.tsx. */
export const problemTableWords = {
  problemsInThisFile: 'Problems in this file',
  line: 'Line',
  column: 'Column',
  value: 'Value',
  reason: 'Reason',
  blank: 'blank',
}

/** The texts of question-list.tsx. */
export const questionListWords = {
  changedSinceTheExport: 'Changed since the export',
  byDefaultYourChangeIs:
    'By default, your change is added to current stock, so sales and deliveries since the export are kept.',
  allOfTheseLines: 'All of these lines',
  addAllChanges: 'Add all changes',
  setAllToTheFiles: 'Set all to the file’s numbers',
  skipAll: 'Skip all',
  lineAt: (line: string | number, sku: string | number, location: string | number) =>
    `Line ${line}, ${sku} at ${location}`,
  line: ', line',
  alreadyAppliedThisLine: 'already applied this line.',
  thisWouldLeave: 'This would leave',
  fewerThanThe: ', fewer than the',
  heldCommittedOrKeptAs: 'held, committed or kept as safety stock.',
  exportedWhenItWas: (expected: string | number) => `, exported when it was ${expected}`,
  because: (because: string | number) => `, because ${because}`,
  theFileSaysItIs: (
    counted: string | number,
    then: string | number,
    onHand: string | number,
    why: string | number,
  ) => `The file says ${counted}${then}. It is ${onHand} now${why}.`,
  makeIt: (value: string | number, units: string | number, value2: string | number) =>
    `${value} ${units}: make it ${value2}`,
  remove: 'Remove',
  add: 'Add',
  setTo: (counted: string | number, change: string | number) => `Set to ${counted} (${change})`,
  skipKeep: (onHand: string | number) => `Skip: keep ${onHand}`,
}

/** The texts of recent-imports.tsx. */
export const recentImportsWords = {
  noImportsYet: 'No imports yet.',
  anEarlierImport: 'an earlier import',
  reverted: (what: string | number) => `reverted ${what}`,
  revertsNotConfirmedYet: (what: string | number) => `reverts ${what}, not confirmed yet`,
  revertedBy: (document: string | number) => `reverted by ${document}`,
  couldNotBeRead: 'could not be read',
  notConfirmedYet: 'not confirmed yet',
  applied: (count: string | number, value: string | number) => `${count} ${value} applied`,
}

/** The texts of revert-form.tsx. */
export const revertFormWords = {
  revertImport: 'Revert import',
  revertingRestoresFieldsAndUnits:
    'Reverting restores fields and units that have not changed since, and archives new products. You’ll see all changes before you confirm.',
  comparing: 'Comparing…',
  revertImport2: 'Revert import…',
}

/** The texts of upload-form.tsx. */
export const uploadFormWords = {
  productOrInventoryCsvUp: 'Product or inventory CSV, up to 20 MB',
  locationForProductQuantities: 'Location for product quantities',
  reading: 'Reading…',
  previewChanges: 'Preview changes',
}
