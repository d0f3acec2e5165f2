import type { Metadata } from 'next'
import { noAccessPageWords } from '@/app/staff/words'
import { SignOutButton } from '@/components/shop/account/sign-out-button'
import { roleWords } from '@/components/staff/shell/words'
import { StaffPage } from '@/components/ui/layout/page'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { TextLink } from '@/components/ui/text/text-link'
import { signOut } from '@/lib/actions/staff/session'
import { currentStaff, hasLeft, requirePerson } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: noAccessPageWords.noAccess }

/** For who is signed in and may not see the page asked for. A page like any other, so that it needs no JavaScript. */
export default async function NoAccessRoute() {
  const [person, member, left] = await Promise.all([requirePerson(), currentStaff(), hasLeft()])
  return (
    <StaffPage gap={12}>
      <Stack gap={6} width="prose">
        <Heading level={1}>
          {member
            ? noAccessPageWords.youDontHaveAccess
            : left
              ? noAccessPageWords.yourAccessHasEnded
              : noAccessPageWords.notAStaffAccount}
        </Heading>
        {member ? (
          <p>
            {noAccessPageWords.youAreSignedInAs} {member.name}, {roleWords[member.role]}
            {noAccessPageWords.whichCantOpenThisPage}
          </p>
        ) : (
          <p>
            {left
              ? noAccessPageWords.aManagerEndedAccessFor(person.email)
              : noAccessPageWords.isNotAStaffAccount(person.email)}
          </p>
        )}
        <Row as="form" gap="wide" align="center" action={signOut}>
          <SignOutButton look="button" />
          {member && (
            <TextLink tone="link" size="small" href="/staff">
              {noAccessPageWords.backToTheInventory}
            </TextLink>
          )}
        </Row>
      </Stack>
    </StaffPage>
  )
}
