import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { endAllSessions } from '@/lib/actions/staff/people'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { StaffRecord } from '@/lib/domain/people/people'
import { doneWords, signOutFormWords } from './words'

/** Ends every session of a staff member. Renders a `<section>`. */
export function SignOutForm({ staffMember, isOwn }: { staffMember: StaffRecord; isOwn: boolean }) {
  return (
    <Section id="devices" title={signOutFormWords.devices} gap={3} width="form">
      <Text size="small" tone="soft">
        {isOwn
          ? signOutFormWords.endAllYourSessionsOn
          : signOutFormWords.endAllSessionsOfOn(staffMember.name)}
        {staffMember.signed_out_at && signOutFormWords.lastUsedOn(shopTime(staffMember.signed_out_at))}
      </Text>
      <ActionForm
        action={endAllSessions}
        fields={{ user_id: staffMember.user_id }}
        done={doneWords.signed_out}
      >
        <Button>{signOutFormWords.signOutEverywhere}</Button>
      </ActionForm>
    </Section>
  )
}
