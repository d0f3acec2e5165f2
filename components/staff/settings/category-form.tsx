'use client'

import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { saveCategory } from '@/lib/actions/staff/settings'
import type { EditedCategory } from '@/lib/domain/settings/category'
import { EditForm } from './edit-form'
import { settingsWords, categoryWords as words } from './words'

const newCategory: EditedCategory = { slug: 'new', title: '', blurb: '', picture: '', version: 0 }

/** Edits a category, or adds one. Renders a `<form>`. */
export function CategoryForm({ category = newCategory }: { category?: EditedCategory }) {
  const isNew = category.version === 0
  return (
    <EditForm
      label={isNew ? words.add : category.title}
      id={category.slug}
      latest={category}
      action={saveCategory}
      fields={isNew ? {} : { slug: category.slug }}
      save={isNew ? words.addButton : settingsWords.save}
      done={isNew ? words.added : settingsWords.saved}
    >
      {({ field }) => (
        <Stack gap={4}>
          <TextField label={words.title} {...field('title')} required maxLength={120} autoComplete="off" />
          <TextField label={words.blurb} hint={words.blurbHint} {...field('blurb')} maxLength={300} />
          <TextField
            label={words.picture}
            hint={words.pictureHint}
            {...field('picture')}
            maxLength={1000}
            spellCheck={false}
            autoComplete="off"
          />
        </Stack>
      )}
    </EditForm>
  )
}
