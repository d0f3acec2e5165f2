import type { Metadata } from 'next'
import { confirmPageWords, forgotPageWords } from '@/app/(shop)/words'
import { AccountPage } from '@/components/shop/account/account-page'
import { AccountNoticeBox } from '@/components/shop/account/credentials/account-notice'
import { LinkForm } from '@/components/shop/account/credentials/link-forms'
import { TextLink } from '@/components/ui/text/text-link'
import { askForConfirmation } from '@/lib/actions/shop/credentials'
import { AccountNotice } from '@/lib/domain/people/credentials'
import { readFlash } from '@/lib/server/http/flash'

export const instant = false

export const metadata: Metadata = { title: confirmPageWords.confirmYourAddress, robots: { index: false } }

export default async function AskForConfirmationPage() {
  const left = await readFlash(AccountNotice)
  return (
    <AccountPage title={confirmPageWords.confirmYourAddress}>
      <AccountNoticeBox notice={left?.notice ?? null} />
      <p>{confirmPageWords.noEmailYet}</p>
      <LinkForm action={askForConfirmation} page="/account/confirm" />
      <p>
        <TextLink href="/account/sign-in">{forgotPageWords.backToSignIn}</TextLink>
      </p>
    </AccountPage>
  )
}
