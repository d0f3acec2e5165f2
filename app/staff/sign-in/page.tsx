import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { signInPageWords } from '@/app/staff/words'
import { AccountPage } from '@/components/shop/account/account-page'
import { SignInForm } from '@/components/staff/shell/sign-in-form'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { localPath } from '@/lib/domain/core/local-path'
import { SignInAttempt } from '@/lib/domain/people/sign-in'
import { readFlash } from '@/lib/server/http/flash'
import { currentStaff, sessionWasEnded } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: signInPageWords.signIn }

export default async function SignInPage({ searchParams }: PageProps<'/staff/sign-in'>) {
  const next = localPath((await searchParams).next, '/staff')
  if (await currentStaff()) redirect(next as Route)
  return (
    <main>
      <AccountPage title={signInPageWords.signIn}>
        {(await sessionWasEnded()) && <p>{signInPageWords.youWereSignedOutOn}</p>}
        <SignInForm next={next} attempt={await readFlash(SignInAttempt)} />
        <Text size="small" tone="soft">
          <TextLink href="/account/forgot">{signInPageWords.forgotPassword}</TextLink>
        </Text>
        <Text size="small" tone="soft">
          {signInPageWords.thisPageIsForStaff}{' '}
          <TextLink href="/account/sign-in">{signInPageWords.inTheShop}</TextLink>.
        </Text>
      </AccountPage>
    </main>
  )
}
