import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { NewProductForm } from '@/components/staff/products/new-product-form'
import { WayBack } from '@/components/staff/shell/way-back'
import { shopCurrency } from '@/lib/server/imports/imports'
import { sessionClient } from '@/lib/server/platform/supabase'
import { makeAnswers } from '@/lib/server/products/product-answers'
import { requireStaff } from '@/lib/server/session/session'
import { allCategories } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: 'New product' }

export default async function NewProductRoute() {
  await requireStaff('manager')
  const [categories, currency, posted] = await Promise.all([
    allCategories(),
    shopCurrency(await sessionClient()),
    makeAnswers.left(),
  ])
  return (
    <main className="page grid gap-8 py-8">
      <header className="grid gap-2">
        <WayBack href="/staff/products">Products</WayBack>
        <h1 className="display text-heading">New product</h1>
        <p className="max-w-prose text-small text-soft">
          Shoppers don’t see drafts. Add text, pictures and more variants on the next page.
        </p>
      </header>
      <NewProductForm categories={categories} currency={currency} firstKey={randomUUID()} posted={posted} />
    </main>
  )
}
