import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { display, text } from '@/components/shell/fonts'
import { UpdateNotice } from '@/components/shell/update-notice'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { LiveProvider } from '@/lib/client/live/provider'
import { grounds } from '@/lib/domain/settings/look'
import { siteUrl } from '@/lib/server/http/site-url'
import { publicSettings } from '@/lib/server/platform/env'
import { isStockBroadcast } from '@/lib/server/platform/read-shelf'
import { currentShop, isNamed } from '@/lib/server/settings/shop'
import './globals.css'
import { layoutWords } from './words'

/** Every render has its own nonce (docs/decisions/0041), so no page is rendered while the shop is built. */
export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const { name, line, description } = await currentShop()
  const metadataBase = await siteUrl()
  if (!(await isNamed())) return { metadataBase, title: layoutWords.openingSoon, robots: { index: false } }
  return {
    metadataBase,
    title: {
      default: [name, line.toLowerCase()].filter(Boolean).join(': '),
      template: name ? `%s · ${name}` : '%s',
    },
    description,
    openGraph: { siteName: name, type: 'website', locale: 'en' },
  }
}

export async function generateViewport(): Promise<Viewport> {
  const { light, dark } = grounds[(await currentShop()).accent]
  return {
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: light },
      { media: '(prefers-color-scheme: dark)', color: dark },
    ],
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection()
  const { accent, typeface, locale, time_zone } = await currentShop()
  return (
    <html
      lang="en"
      className={`${display.variable} ${text.variable}`}
      data-accent={accent}
      data-typeface={typeface}
      data-locale={locale}
      data-time-zone={time_zone}
    >
      <body>
        <LiveProvider settings={{ ...publicSettings(), isStockBroadcast: isStockBroadcast() === true }}>
          {children}
          <ConnectionNotice signInPath="/account/sign-in" />
        </LiveProvider>
        <UpdateNotice />
      </body>
    </html>
  )
}
