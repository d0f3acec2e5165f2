import { revert } from '@/lib/actions/staff/imports'
import { SubmitButton } from './submit-button'

/** Leads to what taking an applied import back would do. Renders a `<form>`. */
export function RevertForm({ importId }: { importId: string }) {
  return (
    <form action={revert} className="grid max-w-prose gap-3" aria-label="Take back">
      <input type="hidden" name="import_id" value={importId} />
      <p className="text-small text-soft">
        Taking it back restores what nobody has changed since and moves its units back as far as they are
        there. New products are archived. First you see what goes back and what stays.
      </p>
      <div className="flex flex-wrap gap-4">
        <SubmitButton busy="Comparing…" look="quiet">
          Take this import back…
        </SubmitButton>
      </div>
    </form>
  )
}
