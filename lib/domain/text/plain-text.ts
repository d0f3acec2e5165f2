/** The text of safe HTML without its tags, in one line, cut at a word boundary to at most `length` characters. */
export function plainText(html: string, length: number): string {
  const text = html
    // A tag holds no second <, so each character is looked at once.
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: keyof typeof entities) => entities[name])
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?])/g, '$1')
    .trim()
  if (text.length <= length) return text
  const end = text.lastIndexOf(' ', length - 1)
  return `${text.slice(0, end > 0 ? end : length - 1)}…`
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' } as const
