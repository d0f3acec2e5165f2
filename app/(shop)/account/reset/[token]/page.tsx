import type { Metadata } from 'next'
import { forgotPageWords } from '@/app/(shop)/words'
import { AccountPage } from '@/components/shop/account/account-page'
import { AccountNoticeBox } from '@/components/shop/account/credentials/account-notice'
import { ResetForm } from '@/components/shop/account/credentials/link-forms'
import { TextLink } from '@/components/ui/text/text-link'
import { resetPassword } from '@/lib/actions/shop/credentials'
import { AccountNotice } from '@/lib/domain/people/credentials'
import { readFlash } from '@/lib/server/http/flash'

export const instant = false

// The secret is in the address: it goes to no other site. To our own it does, or the form here would be refused.
export const metadata: Metadata = {
  title: forgotPageWords.setPassword,
  referrer: 'same-origin',
  robots: { index: false },
}

export default async function ResetPage({ params }: PageProps<'/account/reset/[token]'>) {
  const { token } = await params
  const notice = (await readFlash(AccountNotice))?.notice ?? null
  return (
    <AccountPage title={forgotPageWords.setPassword}>
      <AccountNoticeBox notice={notice} />
      {notice !== 'link_ended' && <ResetForm action={resetPassword} token={token} />}
      <p>
        <TextLink href="/account/forgot">{forgotPageWords.askForAnotherLink}</TextLink>
      </p>
    </AccountPage>
  )
}
