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
          {member ? 'You don’t have access' : left ? 'Your access has ended' : 'Not a staff account'}
        </h1>
        {member ? (
          <p>
            You are signed in as {member.name}, {roleWords[member.role]}, which can’t open this page. Ask a
            manager to change your role.
          </p>
        ) : (
          <p>
            {left
              ? `A manager ended access for ${person.email}. If this is a mistake, ask them to restore it.`
              : `${person.email} is not a staff account. Ask a manager to invite you, or sign out and use another account.`}
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
