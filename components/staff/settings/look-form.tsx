'use client'

import { Choice } from '@/components/ui/choice'
import { Swatch } from '@/components/ui/data/swatch'
import { Legend } from '@/components/ui/forms/field'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { saveShopSettings } from '@/lib/actions/staff/settings'
import { accents, typefaces } from '@/lib/domain/settings/look'
import type { ShopSettings } from '@/lib/domain/settings/shop'
import { EditForm } from './edit-form'
import { accentWords, sectionWords, typefaceWords, lookFormWords as words } from './words'

/** How the shop looks. Renders a `<form>`. */
export function LookForm({ settings }: { settings: ShopSettings }) {
  return (
    <EditForm label={sectionWords.look.title} latest={settings} action={saveShopSettings}>
      {({ shown }) => (
        <>
          <fieldset>
            <Legend size="title">{words.colours}</Legend>
            <Stack gap={3} columns={3}>
              {accents.map((accent) => (
                <Choice
                  key={accent}
                  name="accent"
                  value={accent}
                  title={accentWords[accent]}
                  mark={<Swatch accent={accent} />}
                  defaultChecked={accent === shown.accent}
                />
              ))}
            </Stack>
          </fieldset>
          <fieldset>
            <Legend size="title">{words.typeface}</Legend>
            <Stack gap={3} columns={3}>
              {typefaces.map((typeface) => (
                <Choice
                  key={typeface}
                  name="typeface"
                  value={typeface}
                  title={typefaceWords[typeface].title}
                  defaultChecked={typeface === shown.typeface}
                >
                  {typefaceWords[typeface].about}
                </Choice>
              ))}
            </Stack>
          </fieldset>
          <Text size="small" tone="soft">
            {words.note}
          </Text>
        </>
      )}
    </EditForm>
  )
}
