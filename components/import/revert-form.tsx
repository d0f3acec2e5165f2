import { randomUUID } from 'node:crypto'
import { revert } from '@/lib/actions/imports'
import { SubmitButton } from './submit-button'

/** Takes an applied import back. Renders a `<form>`. */
export function RevertForm({ importId }: { importId: string }) {
  return (
    <form action={revert} className="grid max-w-prose gap-3" aria-label="Take back">
      <input type="hidden" name="import_id" value={importId} />
      <input type="hidden" name="idempotency_key" value={randomUUID()} />
      <p className="text-small text-soft">
        Taking it back restores what nobody has changed since and moves its units back as far as they are
        there. New products are archived. What cannot go back is listed.
      </p>
      <div className="flex flex-wrap gap-4">
        <SubmitButton busy="Taking back…" look="quiet">
          Take this import back
        </SubmitButton>
      </div>
    </form>
  )
}
