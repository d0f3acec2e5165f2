import type { Metadata } from 'next'
import { SignOutButton } from '@/components/shop/account/sign-out-button'
import { quietButton } from '@/components/staff/forms/controls'
import { roleWords } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
import { signOut } from '@/lib/actions/staff/session'
import { currentStaff, hasLeft, requirePerson } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: 'No access' }

/** For who is signed in and may not see the page asked for. A page like any other, so that it needs no JavaScript. */
export default async function NoAccessRoute() {
  const [person, member, left] = await Promise.all([requirePerson(), currentStaff(), hasLeft()])
  return (
    <main className="page py-16">
      <div className="grid max-w-prose gap-6">
        <h1 className="display text-heading">
          {member ? 'Not with your role' : left ? 'Your access has ended' : 'Not a colleague’s account'}
        </h1>
        {member ? (
          <p>
            You are signed in as {member.name}, {roleWords[member.role]}. This page takes more than that. A
            manager can change your role; until then nothing here is lost, it is only closed.
          </p>
        ) : (
          <p>
            {left
              ? `A manager has ended what ${person.email} may do here. If that is a mistake, ask them to let you in again.`
              : `You are signed in as ${person.email}, and that account does not belong to the staff. If it should, ask a manager to invite you. Or sign out and use another account.`}
          </p>
        )}
        <form action={signOut} className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <SignOutButton className={quietButton} />
          {member && (
            <Link href="/staff" className="underlined text-link text-small">
              Back to the inventory
            </Link>
          )}
        </form>
      </div>
    </main>
  )
}
