import type { Metadata } from 'next'
import { noAccessPageWords } from '@/app/staff/words'
import { SignOutButton } from '@/components/shop/account/sign-out-button'
import { quietButton } from '@/components/staff/forms/controls'
import { roleWords } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
import { signOut } from '@/lib/actions/staff/session'
import { currentStaff, hasLeft, requirePerson } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: noAccessPageWords.noAccess }

/** For who is signed in and may not see the page asked for. A page like any other, so that it needs no JavaScript. */
export default async function NoAccessRoute() {
  const [person, member, left] = await Promise.all([requirePerson(), currentStaff(), hasLeft()])
  return (
    <main className="page py-16">
      <div className="grid max-w-prose gap-6">
        <h1 className="display text-heading">
          {member
            ? noAccessPageWords.youDontHaveAccess
            : left
              ? noAccessPageWords.yourAccessHasEnded
              : noAccessPageWords.notAStaffAccount}
        </h1>
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
        <form action={signOut} className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <SignOutButton className={quietButton} />
          {member && (
            <Link href="/staff" className="underlined text-link text-small">
              {noAccessPageWords.backToTheInventory}
            </Link>
          )}
        </form>
      </div>
    </main>
  )
}
