import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ActionForm } from '@/components/staff/forms/action-form'
import { CategoryForm } from '@/components/staff/settings/category-form'
import { CategoriesPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { categoryWords as words } from '@/components/staff/settings/words'
import { Button } from '@/components/ui/actions/button'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { removeCategory } from '@/lib/actions/staff/settings'
import { requireStaff } from '@/lib/server/session/session'
import { editedCategories } from '@/lib/server/settings/categories'

export const instant = false

export const metadata: Metadata = { title: words.category }

export default async function CategoryRoute({ params }: PageProps<'/staff/settings/categories/[category]'>) {
  await requireStaff('manager')
  const { category: slug } = await params
  const category = (await editedCategories()).find((each) => each.slug === slug)
  if (!category) notFound()
  return (
    <SettingsFrame title={category.title}>
      <CategoriesPulse categories={[category]} />
      <Text size="small" tone="soft">
        {words.address(slug)}
      </Text>
      <CategoryForm category={category} />
      <Section id="remove" title={words.removeTitle} width="form">
        <Text size="small" tone="soft">
          {words.removeAbout}
        </Text>
        <ActionForm action={removeCategory} fields={{ slug }}>
          <div>
            <Button>{words.remove}</Button>
          </div>
        </ActionForm>
      </Section>
    </SettingsFrame>
  )
}
