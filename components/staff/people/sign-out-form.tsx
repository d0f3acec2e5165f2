import { ActionForm } from '@/components/staff/forms/action-form'
import { quietButton } from '@/components/staff/forms/controls'
import { endAllSessions } from '@/lib/actions/staff/people'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { StaffRecord } from '@/lib/domain/people/people'
import { doneWords, signOutFormWords } from './words'

/** Ends every session of a colleague, or one's own. Renders a `<section>`. */
export function SignOutForm({ colleague, isOwn }: { colleague: StaffRecord; isOwn: boolean }) {
  return (
    <section aria-labelledby="devices" className="grid max-w-176 gap-3">
      <h2 id="devices" className="display text-title">
        {signOutFormWords.devices}
      </h2>
      <p className="text-small text-soft">
        {isOwn ? signOutFormWords.endAllYourSessionsOn : signOutFormWords.endAllSessionsOfOn(colleague.name)}
        {colleague.signed_out_at && signOutFormWords.lastUsedOn(shopTime(colleague.signed_out_at))}
      </p>
      <ActionForm action={endAllSessions} fields={{ user_id: colleague.user_id }} done={doneWords.signed_out}>
        <button type="submit" className={quietButton}>
          {signOutFormWords.signOutEverywhere}
        </button>
      </ActionForm>
    </section>
  )
}
