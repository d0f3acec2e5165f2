import type { Metadata, Route } from 'next'
import { CategoryForm } from '@/components/staff/settings/category-form'
import { CategoriesPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { SortedList } from '@/components/staff/settings/sorted-list'
import { sectionWords, categoryWords as words } from '@/components/staff/settings/words'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { sortCategories } from '@/lib/actions/staff/settings'
import { requireStaff } from '@/lib/server/session/session'
import { editedCategories } from '@/lib/server/settings/categories'

export const instant = false

export const metadata: Metadata = { title: sectionWords.categories.title }

export default async function CategoriesRoute() {
  await requireStaff('manager')
  const categories = await editedCategories()
  return (
    <SettingsFrame title={sectionWords.categories.title}>
      <CategoriesPulse categories={categories} />
      <Text size="small" tone="soft" prose>
        {words.intro}
      </Text>
      {categories.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <SortedList
          label={words.list}
          action={sortCategories}
          entries={categories.map(({ slug, title, blurb }) => ({
            ...{ key: slug, name: title, about: blurb, href: `/staff/settings/categories/${slug}` as Route },
          }))}
        />
      )}
      <Section id="add" title={words.add}>
        <CategoryForm />
      </Section>
    </SettingsFrame>
  )
}
