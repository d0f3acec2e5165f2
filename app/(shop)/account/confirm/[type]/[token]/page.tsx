import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { confirmPageWords } from '@/app/(shop)/words'
import { AccountPage } from '@/components/shop/account/account-page'
import { AccountNoticeBox } from '@/components/shop/account/credentials/account-notice'
import { ConfirmForm } from '@/components/shop/account/credentials/link-forms'
import { TextLink } from '@/components/ui/text/text-link'
import { confirmAddress } from '@/lib/actions/shop/credentials'
import { AccountNotice, ConfirmType } from '@/lib/domain/people/credentials'
import { readFlash } from '@/lib/server/http/flash'

export const instant = false

// The secret is in the address: it goes to no other site. To our own it does, or the form here would be refused.
export const metadata: Metadata = {
  title: confirmPageWords.confirmYourAddress,
  referrer: 'same-origin',
  robots: { index: false },
}

/** Opening the link changes nothing, since mail programs open links, too: the button does. */
export default async function ConfirmPage({ params }: PageProps<'/account/confirm/[type]/[token]'>) {
  const { type, token } = await params
  const known = ConfirmType.safeParse(type)
  if (!known.success) notFound()
  // The page that asks for a link leaves its notice for the pages below it, too.
  const left = (await readFlash(AccountNotice))?.notice ?? null
  const notice = left === 'link_sent' ? null : left
  return (
    <AccountPage title={confirmPageWords.confirmYourAddress}>
      <AccountNoticeBox notice={notice} />
      {notice === null && (
        <>
          <p>{confirmPageWords.oneMoreClick}</p>
          <ConfirmForm action={confirmAddress} token={token} type={known.data} />
        </>
      )}
      {notice === 'address_confirmed' && (
        <p>
          <TextLink href="/account/sign-in">{confirmPageWords.signIn}</TextLink>
        </p>
      )}
      {notice === 'link_ended' && (
        <p>
          <TextLink href={known.data === 'signup' ? '/account/confirm' : '/account/details'}>
            {confirmPageWords.askForAnotherLink}
          </TextLink>
        </p>
      )}
    </AccountPage>
  )
}
