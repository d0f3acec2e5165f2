import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { noneIfUnavailable } from '@/app/unavailable-page'
import { SkipLink } from '@/components/shell/skip-link'
import { OwnCartProvider } from '@/components/shop/cart/own-cart'
import { OpeningSoon } from '@/components/shop/shell/opening-soon'
import { PagesAhead } from '@/components/shop/shell/pages-ahead'
import { SiteFooter } from '@/components/shop/shell/site-footer'
import { SiteHeader } from '@/components/shop/shell/site-header'
import { askedPath } from '@/lib/server/http/request'
import { listCategories } from '@/lib/server/products/catalog'
import { currentShop, isNamed } from '@/lib/server/settings/shop'
import { shopPlaces } from '@/lib/server/stock/shop-places'

/** The frame of every shop page, the same for everybody: the browser fills in what belongs to one person. */
export default async function ShopLayout({ children }: { children: ReactNode }) {
  // Layouts render beside each other: the root's waiting does not keep this one from asking during the build.
  await connection()
  // Accounts can be made before: that of the first manager is.
  if (!(await isNamed()) && !(await askedPath()).startsWith('/account/')) return <OpeningSoon />
  // The frame is shown without what cannot be had; the page in it says what is missing.
  const [shop, categories, places] = await Promise.all([
    currentShop(),
    listCategories().catch(noneIfUnavailable),
    shopPlaces().catch(noneIfUnavailable),
  ])
  return (
    <OwnCartProvider>
      <PagesAhead />
      <SkipLink />
      <SiteHeader name={shop.name} categories={categories ?? []} />
      <main id="content" tabIndex={-1} className="outline-none">
        {children}
      </main>
      <SiteFooter shop={shop} categories={categories ?? []} places={places ?? []} />
    </OwnCartProvider>
  )
}
