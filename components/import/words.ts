import { refusalWords } from '@/components/staff/refusal-words'
import type { Refusal } from '@/lib/domain/refusal'

/** A refusal as it is said to a manager who imports. */
export function importRefusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'invalid_input':
      return refusal.detail.field === 'file'
        ? 'Choose a CSV file of up to 20 MB. A larger one can be imported by the command npm run import.'
        : `${refusal.detail.field}: ${refusal.detail.problem}. Nothing was imported.`
    case 'role_required':
      return 'Only managers import files. Nothing was imported.'
    case 'not_found':
      return 'This import is not there any more. Upload the file again.'
    case 'import_changed':
      return 'The catalogue or the stock moved since you looked, so nothing was imported. Below is the difference as it is now: look again, then confirm.'
    case 'import_conflict':
      return 'Some lines contradict the catalogue, so nothing was imported. They are listed below.'
    default:
      return refusalWords(refusal, [])
  }
}
