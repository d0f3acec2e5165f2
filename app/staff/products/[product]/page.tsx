import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { productPageWords } from '@/app/staff/products/words'
import { AddVariantForm } from '@/components/staff/products/editor/add-variant-form'
import { ProductEditor } from '@/components/staff/products/editor/product-editor'
import { StaffPage } from '@/components/ui/layout/page'
import { roleReaches } from '@/lib/domain/people/staff'
import { readProduct } from '@/lib/server/products/products'
import { requireStaff } from '@/lib/server/session/session'
import { allCategories } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: productPageWords.product }

export default async function ProductRoute({ params }: PageProps<'/staff/products/[product]'>) {
  const member = await requireStaff('viewer')
  const id = z.guid().safeParse((await params).product)
  if (!id.success) notFound()
  const [read, categories] = await Promise.all([readProduct(id.data), allCategories()])
  if (!read.ok) notFound()
  const sheet = read.data
  const mayEdit = roleReaches(member.role, 'manager')
  return (
    <StaffPage gap={6}>
      <ProductEditor first={sheet} member={member} mayEdit={mayEdit} categories={categories}>
        {mayEdit && <AddVariantForm />}
      </ProductEditor>
    </StaffPage>
  )
}
