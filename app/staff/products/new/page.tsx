import type { Metadata } from 'next'
import { productsNewPageWords } from '@/app/staff/words'
import { NewProductForm } from '@/components/staff/products/new-product-form'
import { WayBack } from '@/components/staff/shell/way-back'
import { shopCurrency } from '@/lib/server/imports/imports'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'
import { allCategories } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: productsNewPageWords.newProduct }

export default async function NewProductRoute() {
  await requireStaff('manager')
  const [categories, currency] = await Promise.all([allCategories(), shopCurrency(await sessionClient())])
  return (
    <main className="page grid gap-8 py-8">
      <header className="grid gap-2">
        <WayBack href="/staff/products">{productsNewPageWords.products}</WayBack>
        <h1 className="display text-heading">{productsNewPageWords.newProduct}</h1>
        <p className="max-w-prose text-small text-soft">{productsNewPageWords.shoppersDontSeeDraftsAdd}</p>
      </header>
      <NewProductForm categories={categories} currency={currency} />
    </main>
  )
}
