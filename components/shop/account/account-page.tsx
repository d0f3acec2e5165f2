import type { ReactNode } from 'react'
import { Heading } from '@/components/ui/text/heading'
import { CookieNotice } from './cookie-notice'
import { ForgetCopies } from './forget-copies'

/** The frame of signing in and up: words and a form beside a picture. Renders a `<div>`. */
export function AccountPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page grid items-center gap-x-16 gap-y-12 py-12 tablet:grid-cols-2 tablet:py-20">
      <ForgetCopies />
      <div className="grid max-w-104 gap-6">
        <Heading level={1}>{title}</Heading>
        <CookieNotice />
        {children}
      </div>
      <img
        src="/art/basket-sea-sand-5.svg"
        alt=""
        width={600}
        height={750}
        className="w-full max-w-104 justify-self-center max-tablet:hidden"
      />
    </div>
  )
}
