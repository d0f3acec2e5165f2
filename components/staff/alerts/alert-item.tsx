import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, quietButton } from '@/components/staff/forms/controls'
import { Link } from '@/components/ui/link'
import { acknowledgeAlert, assignAlert, snoozeAlert } from '@/lib/actions/staff/alerts'
import { shopTime } from '@/lib/domain/core/shop-time'
import { type Alert, snoozes } from '@/lib/domain/insight/alert'
import { alertItemWords, careWords, evidenceOf, kindWords, snoozeWords } from './words'

/** Staff members that an alert may be assigned to, and the names of former ones. */
export interface Team {
  me: string
  mayTend: boolean
  colleagues: readonly { id: string; name: string }[]
  names: Readonly<Record<string, string>>
}

/** One alert: what was found, where the evidence is, who looks after it, and what can be done. Renders an `<li>`. */
export function AlertItem({ alert, team }: { alert: Alert; team: Team }) {
  const { words, href, link } = evidenceOf(alert, team.names)
  const form = { fields: { alert_id: alert.id }, className: 'flex flex-wrap items-center gap-2' }
  return (
    <li
      data-waits={alert.snoozed_until ? true : undefined}
      className="grid gap-x-10 gap-y-2 border-line border-b py-4 desktop:grid-cols-[1fr_auto] data-waits:text-soft"
    >
      <div className="grid content-start gap-1">
        <h3 className="flex flex-wrap items-baseline gap-x-3 font-semibold text-small">
          {kindWords[alert.kind]}
          <time dateTime={alert.created_at} className="figures font-normal text-fine text-soft">
            {alertItemWords.since} {shopTime(alert.created_at)}
          </time>
        </h3>
        <p className="max-w-176 text-small">
          {words}{' '}
          {href && (
            <Link href={href} className="underlined text-link">
              {link}
            </Link>
          )}
        </p>
        <p className="text-fine text-soft">{careWords(alert, team.me, team.names)}</p>
      </div>
      {team.mayTend && (
        <div className="flex flex-wrap content-start items-start gap-x-6 gap-y-2">
          {alert.owner !== team.me && (
            <ActionForm {...form} action={acknowledgeAlert} label={alertItemWords.takeAlert(words)}>
              <button type="submit" className={quietButton}>
                {alertItemWords.takeAlert2}
              </button>
            </ActionForm>
          )}
          <details className="desktop:w-64">
            <summary className="underlined flex h-10 w-fit cursor-pointer items-center text-link text-small">
              {alertItemWords.assignOrSnooze}
            </summary>
            <div className="grid gap-2 py-2">
              <ActionForm {...form} action={assignAlert} label={alertItemWords.assign(words)}>
                <select
                  name="owner"
                  aria-label={alertItemWords.staffMember}
                  className={`${fieldBox} max-w-40`}
                >
                  {team.colleagues.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
                <button type="submit" className={quietButton}>
                  {alertItemWords.assign2}{' '}
                </button>
              </ActionForm>
              <ActionForm {...form} action={snoozeAlert} label={alertItemWords.snooze(words)}>
                <select name="hours" aria-label={alertItemWords.snoozeFor} className={fieldBox}>
                  {snoozes.map((hours) => (
                    <option key={hours} value={hours}>
                      {snoozeWords[hours]}
                    </option>
                  ))}
                </select>
                <button type="submit" className={quietButton}>
                  {alertItemWords.snooze2}{' '}
                </button>
              </ActionForm>
            </div>
          </details>
        </div>
      )}
    </li>
  )
}
