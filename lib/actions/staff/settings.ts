'use server'

import { redirect } from 'next/navigation'
import { CategoryForm, CategoryNamed } from '@/lib/domain/settings/category'
import { LocationForm, LocationNamed, locationFields } from '@/lib/domain/settings/location'
import { SettingsChange } from '@/lib/domain/settings/settings-form'
import { Sorted } from '@/lib/domain/settings/sorted'
import { defineForm } from '@/lib/server/forms/define-form'
import { catalogueChanged } from '@/lib/server/pages/catalogue-changed'
import { callFunction } from '@/lib/server/platform/call-function'

const ofManager = { least: 'manager', refreshes: true } as const

/** Saves the settings of one page. Every page of the shop shows them from then on. */
export const saveShopSettings = defineForm({
  ...ofManager,
  schema: SettingsChange,
  read: Object.fromEntries,
  run: (change) => changed('save_shop_settings', change),
})

/** Adds a location, or saves one. It can be used everywhere at once. */
export const saveLocation = defineForm({
  ...ofManager,
  schema: LocationForm,
  read: locationFields,
  run: ({ location_id, expected, ...rest }) =>
    changed('save_location', { ...rest, location_id: orNull(location_id), expected: orNull(expected) }),
})

export const archiveLocation = defineForm({
  ...ofManager,
  schema: LocationNamed,
  run: (named) => changed('set_location_active', { ...named, active: false }),
})

export const restoreLocation = defineForm({
  ...ofManager,
  schema: LocationNamed,
  run: (named) => changed('set_location_active', { ...named, active: true }),
})

export const sortLocations = defineForm({
  ...ofManager,
  schema: Sorted,
  run: ({ order, idempotency_key }) => changed('sort_locations', { location_ids: order, idempotency_key }),
})

/** Adds a category, or saves one. */
export const saveCategory = defineForm({
  ...ofManager,
  schema: CategoryForm,
  run: ({ expected, ...rest }) => changed('save_category', { ...rest, expected: orNull(expected) }),
})

export const removeCategory = defineForm({
  least: 'manager',
  schema: CategoryNamed,
  async run(named) {
    const removed = await changed('remove_category', named)
    if (removed.ok) redirect('/staff/settings/categories')
    return removed
  },
})

export const sortCategories = defineForm({
  ...ofManager,
  schema: Sorted,
  run: ({ order, idempotency_key }) => changed('sort_categories', { slugs: order, idempotency_key }),
})

/** Calls a function of the database; the pages of the shop are made again where it succeeded. */
async function changed(...call: Parameters<typeof callFunction>): ReturnType<typeof callFunction> {
  const outcome = await callFunction(...call)
  if (outcome.ok) catalogueChanged()
  return outcome
}

/** SQL takes null for a row that does not exist yet; the generated types leave it out. */
function orNull<Value>(value: Value | null): Value {
  return value as Value
}
