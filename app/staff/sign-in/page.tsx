import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { AccountPage } from '@/components/shop/account/account-page'
import { SignInForm } from '@/components/staff/shell/sign-in-form'
import { Link } from '@/components/ui/link'
import { localPath } from '@/lib/domain/core/local-path'
import { SignInAttempt } from '@/lib/domain/people/sign-in'
import { readFlash } from '@/lib/server/http/flash'
import { currentStaff, sessionWasEnded } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/staff/sign-in'>) {
  const next = localPath((await searchParams).next, '/staff')
  if (await currentStaff()) redirect(next as Route)
  return (
    <main>
      <AccountPage title="Sign in">
        {(await sessionWasEnded()) && (
          <p>You were signed out on every device. Sign in again to continue. Saved changes are safe.</p>
        )}
        <SignInForm next={next} attempt={await readFlash(SignInAttempt)} />
        <p className="text-small text-soft">
          This page is for staff. To join, ask a manager for an invitation. Customers sign in{' '}
          <Link href="/account/sign-in" className="underlined">
            in the shop
          </Link>
          .
        </p>
      </AccountPage>
    </main>
  )
}
