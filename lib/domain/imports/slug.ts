/** A text as part of an address: "Crème brûlée" is creme-brulee. Empty when it has no letter or digit of a-z, 0-9. */
export function toSlug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** The address of a category by its title, in any script. */
export function categorySlug(title: string): string {
  return toSlug(title) || `category-${shortHash(title)}`
}

/** Six letters and digits that a text always gets (FNV-1a). */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (const letter of new TextEncoder().encode(text)) hash = Math.imul(hash ^ letter, 0x01000193) >>> 0
  return hash.toString(36).padStart(6, '0').slice(-6)
}
