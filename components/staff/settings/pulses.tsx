'use client'

import { useMemo } from 'react'
import { usePulse } from '@/components/staff/shell/use-pulse'
import { categoriesOf } from '@/lib/domain/settings/category'
import { settingsPulse } from '@/lib/domain/settings/live'
import { locationsOf } from '@/lib/domain/settings/location'

/** Renders the page again when another manager saved the settings. Renders nothing. */
export function SettingsPulse({ version }: { version: number }) {
  usePulse(
    settingsPulse,
    useMemo(() => [{ only_row: true, version }], [version]),
  )
  return null
}

/** Renders the page again when one of its locations changed. Renders nothing. */
export function LocationsPulse({ locations }: { locations: readonly { id: string; version: number }[] }) {
  usePulse(locationsOf(locations.map(({ id }) => id)), locations)
  return null
}

/** Renders the page again when one of its categories changed. Renders nothing. */
export function CategoriesPulse({
  categories,
}: {
  categories: readonly { slug: string; version: number }[]
}) {
  usePulse(categoriesOf(categories.map(({ slug }) => slug)), categories)
  return null
}
