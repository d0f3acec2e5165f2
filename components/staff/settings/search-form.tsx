'use client'

import { TextArea } from '@/components/ui/forms/controls'
import { Field } from '@/components/ui/forms/field'
import { SelectField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { saveShopSettings } from '@/lib/actions/staff/settings'
import { searchLanguages, synonymLines } from '@/lib/domain/settings/search'
import type { ShopSettings } from '@/lib/domain/settings/shop'
import { EditForm } from './edit-form'
import { sectionWords, searchFormWords as words } from './words'

/** How searches read the words of shoppers: language and synonyms. Renders a `<form>`. */
export function SearchSettingsForm({ settings }: { settings: ShopSettings }) {
  return (
    <EditForm label={sectionWords.search.title} latest={settings} action={saveShopSettings}>
      {({ shown, problem, field }) => (
        <Stack gap={4}>
          <SelectField label={words.language} hint={words.languageHint} {...field('search_language')}>
            {searchLanguages.map((language) => (
              <option key={language} value={language}>
                {words.languages(language)}
              </option>
            ))}
          </SelectField>
          <Field
            label={words.synonyms}
            hint={words.synonymsHint}
            problem={problem('search_synonyms')}
            noteId="synonyms-note"
          >
            <TextArea
              name="search_synonyms"
              defaultValue={synonymLines(shown.search_synonyms)}
              aria-describedby="synonyms-note"
              aria-invalid={problem('search_synonyms') !== undefined}
              rows={10}
              maxLength={7000}
            />
          </Field>
        </Stack>
      )}
    </EditForm>
  )
}
