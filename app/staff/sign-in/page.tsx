import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { SignInForm } from '@/components/staff/sign-in-form'
import { Link } from '@/components/ui/link'
import { localPath } from '@/lib/domain/local-path'
import { SignInAttempt } from '@/lib/domain/sign-in'
import { readFlash } from '@/lib/server/flash'
import { currentStaff } from '@/lib/server/session'

export const instant = false

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/staff/sign-in'>) {
  const next = localPath((await searchParams).next, '/staff')
  if (await currentStaff()) redirect(next as Route)
  return (
    <main className="page grid items-center gap-x-16 gap-y-12 py-12 tablet:grid-cols-2 tablet:py-20">
      <div className="grid max-w-104 gap-8">
        <h1 className="display text-heading">Sign in</h1>
        <SignInForm next={next} attempt={await readFlash(SignInAttempt)} />
        <p className="text-small text-soft">
          This is the staff entrance. If you are new here, a manager can add you. Customers sign in{' '}
          <Link href="/account/sign-in" className="underlined">
            in the shop
          </Link>
          .
        </p>
      </div>
      <img
        src="/art/basket-sea-sand-5.svg"
        alt=""
        width={600}
        height={750}
        className="w-full max-w-104 justify-self-center max-tablet:hidden"
      />
    </main>
  )
}
