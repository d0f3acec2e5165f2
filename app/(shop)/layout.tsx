import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { noneIfUnavailable } from '@/app/unavailable-page'
import { SkipLink } from '@/components/shell/skip-link'
import { OwnCartProvider } from '@/components/shop/cart/own-cart'
import { SiteFooter } from '@/components/shop/shell/site-footer'
import { SiteHeader } from '@/components/shop/shell/site-header'
import { listCategories } from '@/lib/server/products/catalog'
import { shopPlaces } from '@/lib/server/stock/shop-places'

/** The frame of every shop page, the same for everybody: the browser fills in what belongs to one person. */
export default async function ShopLayout({ children }: { children: ReactNode }) {
  // Layouts render beside each other: the root's waiting does not keep this one from asking during the build.
  await connection()
  // The frame is shown without what cannot be had; the page in it says what is missing.
  const [categories, places] = await Promise.all([
    listCategories().catch(noneIfUnavailable),
    shopPlaces().catch(noneIfUnavailable),
  ])
  return (
    <OwnCartProvider>
      <SkipLink />
      <SiteHeader categories={categories ?? []} />
      <main id="content" tabIndex={-1} className="outline-none">
        {children}
      </main>
      <SiteFooter categories={categories ?? []} places={places ?? []} />
    </OwnCartProvider>
  )
}
