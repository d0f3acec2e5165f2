import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { display, text } from '@/components/shell/fonts'
import { UpdateNotice } from '@/components/shell/update-notice'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { LiveProvider } from '@/lib/client/live/provider'
import { shop } from '@/lib/domain/core/shop'
import { siteUrl } from '@/lib/server/http/site-url'
import { publicSettings } from '@/lib/server/platform/env'
import { isStockBroadcast } from '@/lib/server/platform/read-shelf'
import './globals.css'

/** Every render has its own nonce (docs/decisions/0041), so no page is rendered while the shop is built. */
export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return {
    metadataBase: await siteUrl(),
    title: { default: `${shop.name}: ${shop.line.toLowerCase()}`, template: `%s · ${shop.name}` },
    description: shop.description,
    openGraph: { siteName: shop.name, type: 'website', locale: 'en' },
  }
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f6f9' },
    { media: '(prefers-color-scheme: dark)', color: '#12122b' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection()
  return (
    <html lang="en" className={`${display.variable} ${text.variable}`}>
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
