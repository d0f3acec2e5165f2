import { type KeyRange, keyRange } from './key-range'

/** The pages of a list that are loaded, each by its lowest key, the highest first; null for one that ends the list. */
export type Pages = readonly (number | null)[]

export const unread: Pages = []

/** The part of the list that each page is. */
export function rangesOf(pages: Pages): KeyRange[] {
  return pages.map((lowest, page) => keyRange(lowest, pages[page - 1]))
}

/** The key after the pages; null at the end of the list. */
export function restOf(pages: Pages): KeyRange | null {
  const lowest = pages.at(-1)
  return lowest === null ? null : keyRange(null, lowest)
}

/** Which page a key is on; -1 for none. */
export function pageOf(pages: Pages, key: number): number {
  return pages.findIndex((lowest) => lowest === null || key >= lowest)
}

/** The pages with one more: `keys` are the first of the rest, in order. Fewer than a page are all there are. */
export function grown(pages: Pages, pageSize: number, keys: readonly number[]): Pages {
  return [...pages, keys[pageSize - 1] ?? null]
}

/** The pages with one that has outgrown itself made two; `keys` are those on it, in order. */
export function divided(pages: Pages, pageSize: number, page: number, keys: readonly number[]): Pages {
  const lowest = keys[pageSize - 1]
  return lowest === undefined || keys.length <= 2 * pageSize ? pages : pages.toSpliced(page, 0, lowest)
}
