import { z } from 'zod'

/**
 * The names of options, or one variant's values, as one text: they are one field. Empty values at the tail are dropped.
 */
export function listText(entries: readonly string[]): string {
  const last = entries.findLastIndex((entry) => entry.trim() !== '')
  return last < 0 ? '' : JSON.stringify(entries.slice(0, last + 1))
}

const List = z.array(z.string())

/** The entries of such a text. Throws for a text that listText did not write. */
export function listIn(text: string | undefined): string[] {
  return text ? List.parse(JSON.parse(text)) : []
}

/** Whether a field of the form is such a list. */
export function isList(field: string): boolean {
  return field === 'option_names' || field.endsWith('.option_values')
}
