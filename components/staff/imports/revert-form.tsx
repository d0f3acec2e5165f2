import { revert } from '@/lib/actions/staff/imports'
import { SubmitButton } from './submit-button'

/** Leads to what taking an applied import back would do. Renders a `<form>`. */
export function RevertForm({ importId }: { importId: string }) {
  return (
    <form action={revert} className="grid max-w-prose gap-3" aria-label="Revert import">
      <input type="hidden" name="import_id" value={importId} />
      <p className="text-small text-soft">
        Reverting restores fields and units that have not changed since, and archives new products. You’ll see
        all changes before you confirm.
      </p>
      <div className="flex flex-wrap gap-4">
        <SubmitButton busy="Comparing…" look="quiet">
          Revert import…
        </SubmitButton>
      </div>
    </form>
  )
}
