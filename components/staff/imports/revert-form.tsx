import { revert } from '@/lib/actions/staff/imports'
import { SubmitButton } from './submit-button'
import { revertFormWords } from './words'

/** Leads to what taking an applied import back would do. Renders a `<form>`. */
export function RevertForm({ importId }: { importId: string }) {
  return (
    <form action={revert} className="grid max-w-prose gap-3" aria-label={revertFormWords.revertImport}>
      <input type="hidden" name="import_id" value={importId} />
      <p className="text-small text-soft">{revertFormWords.revertingRestoresFieldsAndUnits}</p>
      <div className="flex flex-wrap gap-4">
        <SubmitButton busy={revertFormWords.comparing} look="quiet">
          {revertFormWords.revertImport2}
        </SubmitButton>
      </div>
    </form>
  )
}
