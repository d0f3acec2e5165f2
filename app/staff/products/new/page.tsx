import type { Metadata } from 'next'
import { productsNewPageWords } from '@/app/staff/products/words'
import { NewProductForm } from '@/components/staff/products/new-product-form'
import { WayBack } from '@/components/staff/shell/way-back'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
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
    <StaffPage gap={8}>
      <PageHeading
        above={<WayBack href="/staff/products">{productsNewPageWords.products}</WayBack>}
        title={productsNewPageWords.newProduct}
      >
        {productsNewPageWords.shoppersDontSeeDraftsAdd}
      </PageHeading>
      <NewProductForm categories={categories} currency={currency} />
    </StaffPage>
  )
}
