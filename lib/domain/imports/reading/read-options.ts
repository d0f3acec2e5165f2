import type { CatalogueKey, CatalogueRow } from './catalogue-columns'

const names = ['option1Name', 'option2Name', 'option3Name'] as const satisfies CatalogueKey[]
export const optionValueKeys = [
  'option1Value',
  'option2Value',
  'option3Value',
] as const satisfies CatalogueKey[]

/** How Shopify writes a product without choices. */
const noChoice = { name: 'title', value: 'default title' }

/**
 * Up to three names of choices, from the first row of a product. Empty: it comes in one variant; null: the file does
 * not say.
 */
export function readOptionNames(first: CatalogueRow): string[] | null {
  const found = names.map((key) => first.text(key))
  const isDefault = first.text('option1Value').toLowerCase() === noChoice.value
  if (isDefault && ['', noChoice.name].includes(found[0]?.toLowerCase() ?? '') && !found[1]) return []

  const given = found.filter(Boolean)
  if (given.length === 0) return null
  for (const [index, key] of names.entries()) {
    const name = found[index] ?? ''
    if (!name && index < given.length) first.refuse(key, 'is blank, but a later option has a name')
    if (name.length > 120) first.refuse(key, 'is longer than 120 characters')
    if (name && found.indexOf(name) < index) first.refuse(key, 'is the name of two options')
  }
  return given
}

/** A variant's choices, one for each name; null where the file does not say. */
export function readOptionValues(row: CatalogueRow, optionNames: string[] | null): string[] | null {
  const values = optionValueKeys.map((key) => row.text(key))
  if (optionNames === null && values.every((value) => value === '')) return null
  if (values[0]?.toLowerCase() === noChoice.value && (optionNames?.length ?? 0) === 0) return []
  const namesGiven = optionNames ?? []
  for (const [index, key] of optionValueKeys.entries()) {
    const [name, value = ''] = [namesGiven[index], values[index]]
    if (name && !value) row.refuse(key, `is missing: every variant of this product has a ${name}`)
    if (!name && value && row.has('option1Name')) row.refuse(key, 'belongs to an option without a name')
    if (value.length > 255) row.refuse(key, 'is longer than 255 characters')
  }
  return optionNames ? values.slice(0, namesGiven.length) : values.filter(Boolean)
}
