import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { accountSignInPageWords } from '@/app/(shop)/words'
import { AccountPage } from '@/components/shop/account/account-page'
import { CredentialsForm } from '@/components/shop/account/credentials-form'
import { erasedWords, signInWords } from '@/components/shop/account/words'
import { TextLink } from '@/components/ui/text/text-link'
import { signInToShop } from '@/lib/actions/shop/account'
import { localPath } from '@/lib/domain/core/local-path'
import { ErasedAccount } from '@/lib/domain/people/account-erasure'
import { accountPath } from '@/lib/domain/people/account-path'
import { SignInAttempt } from '@/lib/domain/people/sign-in'
import { readFlash } from '@/lib/server/http/flash'
import { currentPerson } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: accountSignInPageWords.signIn, robots: { index: false } }

export default async function SignInPage({ searchParams }: PageProps<'/account/sign-in'>) {
  const next = localPath((await searchParams).next, '/account')
  if (await currentPerson()) redirect(next as Route)
  const attempt = await readFlash(SignInAttempt)
  const erased = await readFlash(ErasedAccount)
  return (
    <AccountPage title={accountSignInPageWords.signIn}>
      {erased && <p role="status">{erasedWords(erased)}</p>}
      <p>{accountSignInPageWords.yourCartStaysWithYou}</p>
      <CredentialsForm
        action={signInToShop}
        next={next}
        email={attempt?.email}
        isNew={false}
        said={attempt ? signInWords[attempt.refusal] : undefined}
      >
        {accountSignInPageWords.signIn}
      </CredentialsForm>
      <p>
        {attempt?.refusal === 'email_unconfirmed' ? (
          <TextLink href="/account/confirm">{accountSignInPageWords.confirmAddress}</TextLink>
        ) : (
          <TextLink href="/account/forgot">{accountSignInPageWords.forgotPassword}</TextLink>
        )}
      </p>
      <p>
        {accountSignInPageWords.newHere}{' '}
        <TextLink href={accountPath('sign-up', next) as Route}>
          {accountSignInPageWords.createAccount}
        </TextLink>
        {accountSignInPageWords.youCanAlsoCheckOut}
      </p>
    </AccountPage>
  )
}
