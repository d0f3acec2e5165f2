import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Select } from '@/components/ui/forms/controls'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { acknowledgeAlert, assignAlert, snoozeAlert } from '@/lib/actions/staff/alerts'
import { shopTime } from '@/lib/domain/core/shop-time'
import { type Alert, snoozes } from '@/lib/domain/insight/alert'
import { alertItemWords, careWords, evidenceOf, kindWords, snoozeWords } from './words'

/** Staff members that an alert may be assigned to, and the names of former ones. */
export interface Team {
  me: string
  mayAssign: boolean
  staff: readonly { id: string; name: string }[]
  names: Readonly<Record<string, string>>
}

/** One alert: its finding, its evidence, its owner and its actions. Renders an `<li>`. */
export function AlertItem({ alert, team }: { alert: Alert; team: Team }) {
  const { words, href, link } = evidenceOf(alert, team.names)
  const form = { fields: { alert_id: alert.id }, layout: 'line' } as const
  return (
    <li
      data-waits={alert.snoozed_until ? true : undefined}
      className="grid gap-x-10 gap-y-2 border-line border-b py-4 desktop:grid-cols-[1fr_auto] data-waits:text-soft"
    >
      <Stack gap={1} atTop>
        <h3 className="flex flex-wrap items-baseline gap-x-3 font-semibold text-small">
          {kindWords[alert.kind]}
          <Text as="time" size="fine" tone="soft" weight="normal" figures dateTime={alert.created_at}>
            {alertItemWords.since} {shopTime(alert.created_at)}
          </Text>
        </h3>
        <p className="max-w-176 text-small">
          {words}{' '}
          {href && (
            <TextLink tone="link" href={href}>
              {link}
            </TextLink>
          )}
        </p>
        <Text size="fine" tone="soft">
          {careWords(alert, team.me, team.names)}
        </Text>
      </Stack>
      {team.mayAssign && (
        <div className="flex flex-wrap content-start items-start gap-x-6 gap-y-2">
          {alert.owner !== team.me && (
            <ActionForm {...form} action={acknowledgeAlert} label={alertItemWords.takeAlert(words)}>
              <Button>{alertItemWords.takeAlert2}</Button>
            </ActionForm>
          )}
          <Disclosure look="link" className="desktop:w-64" summary={alertItemWords.assignOrSnooze}>
            <Stack gap={2}>
              <ActionForm {...form} action={assignAlert} label={alertItemWords.assign(words)}>
                <Select name="owner" aria-label={alertItemWords.staffMember} className="max-w-40">
                  {team.staff.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
                <Button>{alertItemWords.assign2} </Button>
              </ActionForm>
              <ActionForm {...form} action={snoozeAlert} label={alertItemWords.snooze(words)}>
                <Select name="hours" aria-label={alertItemWords.snoozeFor}>
                  {snoozes.map((hours) => (
                    <option key={hours} value={hours}>
                      {snoozeWords[hours]}
                    </option>
                  ))}
                </Select>
                <Button>{alertItemWords.snooze2} </Button>
              </ActionForm>
            </Stack>
          </Disclosure>
        </div>
      )}
    </li>
  )
}
