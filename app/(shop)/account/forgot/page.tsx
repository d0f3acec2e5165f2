import type { Metadata } from 'next'
import { forgotPageWords } from '@/app/(shop)/words'
import { AccountPage } from '@/components/shop/account/account-page'
import { AccountNoticeBox } from '@/components/shop/account/credentials/account-notice'
import { LinkForm } from '@/components/shop/account/credentials/link-forms'
import { TextLink } from '@/components/ui/text/text-link'
import { askForReset } from '@/lib/actions/shop/credentials'
import { AccountNotice } from '@/lib/domain/people/credentials'
import { readFlash } from '@/lib/server/http/flash'

export const instant = false

export const metadata: Metadata = { title: forgotPageWords.resetPassword, robots: { index: false } }

export default async function ForgotPage() {
  const left = await readFlash(AccountNotice)
  return (
    <AccountPage title={forgotPageWords.resetPassword}>
      <AccountNoticeBox notice={left?.notice ?? null} />
      <p>{forgotPageWords.enterTheAddress}</p>
      <LinkForm action={askForReset} page="/account/forgot" />
      <p>
        <TextLink href="/account/sign-in">{forgotPageWords.backToSignIn}</TextLink>
      </p>
    </AccountPage>
  )
}
