import type { Metadata, Route } from 'next'
import { joinPageWords } from '@/app/staff/words'
import { JoinForm, LeaveToJoinForm, PasswordForm } from '@/components/staff/people/join-forms'
import { closedWords, list } from '@/components/staff/people/words'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { roleWords } from '@/components/staff/shell/words'
import { StaffPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { JoinTrouble } from '@/lib/domain/people/join'
import type { Invitation } from '@/lib/domain/people/people'
import { readFlash } from '@/lib/server/http/flash'
import { takeTurn } from '@/lib/server/network/limits'
import { readInvitation } from '@/lib/server/people/people'
import { currentPerson } from '@/lib/server/session/session'
import { currentShop } from '@/lib/server/settings/shop'

export const instant = false

// The secret is in the address: it goes to no other site. To our own it does, or the forms here would be refused.
export const metadata: Metadata = { title: joinPageWords.join, referrer: 'same-origin' }

export default async function JoinRoute({ params, searchParams }: PageProps<'/staff/join/[secret]'>) {
  const { secret } = await params
  const turn = await takeTurn('join')
  const invitation = turn.ok ? await readInvitation(secret) : null
  return (
    <StaffPage gap={12}>
      <Stack gap={6} width="prose">
        <Heading level={1}>
          {joinPageWords.join} {(await currentShop()).name}
        </Heading>
        {!turn.ok && <p role="alert">{refusalWords(turn.error, [])}</p>}
        {turn.ok && !invitation && <p>{joinPageWords.thisLinkDoesNotWork}</p>}
        {invitation && invitation.status !== 'open' && <p>{closedWords[invitation.status]}</p>}
        {invitation?.status === 'open' && (
          <>
            <p>
              {invitation.invited_by ?? joinPageWords.theShop} {joinPageWords.invites} {invitation.name}{' '}
              {joinPageWords.toWorkHereAsA} {roleWords[invitation.role]}
              {invitation.locations && joinPageWords.at(list.format(invitation.locations))}.
            </p>
            <WayIn
              invitation={invitation}
              secret={secret}
              hasAccount={(await searchParams).account === '1'}
              trouble={await readFlash(JoinTrouble)}
            />
          </>
        )}
        {invitation?.status === 'accepted' && (
          <TextLink tone="link" href="/staff/sign-in">
            {joinPageWords.signIn}
          </TextLink>
        )}
      </Stack>{' '}
    </StaffPage>
  )
}

/** The next step for a signed-in or signed-out visitor. */
async function WayIn({
  invitation: { email },
  secret,
  hasAccount,
  trouble,
}: {
  invitation: Invitation
  secret: string
  hasAccount: boolean
  trouble: JoinTrouble | null
}) {
  const person = await currentPerson()
  if (person?.email.toLowerCase() === email) return <JoinForm secret={secret} />
  if (person) {
    return (
      <>
        <p>
          {joinPageWords.theInvitationIsFor} {email}
          {joinPageWords.andYouAreSignedIn} {person.email}
          {joinPageWords.signOutToUseThe}
        </p>
        <LeaveToJoinForm secret={secret} />
      </>
    )
  }
  return (
    <>
      <PasswordForm secret={secret} email={email} hasAccount={hasAccount} trouble={trouble} />
      <Text size="small" tone="soft">
        {hasAccount ? joinPageWords.thisAddressHasNoAccount : joinPageWords.thisAddressHasAnAccount}
        <TextLink
          href={`/staff/join/${encodeURIComponent(secret)}${hasAccount ? '' : '?account=1'}` as Route}
        >
          {hasAccount ? joinPageWords.chooseAPassword : joinPageWords.useItsPassword}
        </TextLink>
        .
      </Text>
    </>
  )
}
