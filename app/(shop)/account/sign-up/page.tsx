import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { accountSignInPageWords, accountSignUpPageWords } from '@/app/(shop)/words'
import { AccountPage } from '@/components/shop/account/account-page'
import { CredentialsForm } from '@/components/shop/account/credentials-form'
import { signUpWords } from '@/components/shop/account/words'
import { TextLink } from '@/components/ui/text/text-link'
import { signUp } from '@/lib/actions/shop/account'
import { localPath } from '@/lib/domain/core/local-path'
import { accountPath } from '@/lib/domain/people/account-path'
import { SignUpAttempt } from '@/lib/domain/people/sign-up'
import { readFlash } from '@/lib/server/http/flash'
import { currentPerson } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: accountSignUpPageWords.createAccount, robots: { index: false } }

export default async function SignUpPage({ searchParams }: PageProps<'/account/sign-up'>) {
  const next = localPath((await searchParams).next, '/account')
  if (await currentPerson()) redirect(next as Route)
  const attempt = await readFlash(SignUpAttempt)
  return (
    <AccountPage title={accountSignUpPageWords.createAccount}>
      <p>{accountSignUpPageWords.seeYourOrdersAndYour}</p>
      <CredentialsForm
        action={signUp}
        next={next}
        email={attempt?.email}
        isNew
        said={attempt ? signUpWords[attempt.ended] : undefined}
      >
        {accountSignUpPageWords.createAccount}
      </CredentialsForm>
      {attempt?.ended === 'unconfirmed' && (
        <p>
          <TextLink href="/account/confirm">{accountSignInPageWords.confirmAddress}</TextLink>
        </p>
      )}
      <p>
        {accountSignUpPageWords.alreadyHaveAnAccount}{' '}
        <TextLink href={accountPath('sign-in', next) as Route}>{accountSignUpPageWords.signIn}</TextLink>.
      </p>
    </AccountPage>
  )
}
