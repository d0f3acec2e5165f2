'use client'

import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { saveShopSettings } from '@/lib/actions/staff/settings'
import type { ShopSettings } from '@/lib/domain/settings/shop'
import { EditForm } from './edit-form'
import { sectionWords, homeFormWords as words } from './words'

const fields = [
  { name: 'hero_title', longest: 80 },
  { name: 'hero_text', longest: 400 },
  { name: 'hero_picture', longest: 1000 },
  { name: 'hero_alt', longest: 200 },
] as const

/** The beginning of the home page: title, text, picture. Renders a `<form>`. */
export function HomeForm({ settings }: { settings: ShopSettings }) {
  return (
    <EditForm label={sectionWords.home.title} latest={settings} action={saveShopSettings}>
      {({ field }) => (
        <Stack gap={4}>
          {fields.map(({ name, longest }) => (
            <TextField
              key={name}
              label={words[name].label}
              hint={words[name].hint}
              {...field(name)}
              maxLength={longest}
              autoComplete="off"
            />
          ))}
        </Stack>
      )}
    </EditForm>
  )
}
