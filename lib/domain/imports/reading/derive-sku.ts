import { toSlug } from '@/lib/domain/imports/slug'

/**
 * The SKU of a variant whose file names none, e.g. CLAY-PLANT-POT-LARGE: the same for the same handle and options,
 * whatever else the file holds. Two variants may derive one SKU; the database tells them apart (private.import_matches).
 */
export function deriveSku(handle: string, optionValues: readonly string[]): string {
  const parts = [handle, ...optionValues.map(toSlug)].filter(Boolean)
  return parts.join('-').toUpperCase().slice(0, 120).replace(/-$/, '')
}
