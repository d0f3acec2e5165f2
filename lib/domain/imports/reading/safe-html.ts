import sanitize from 'sanitize-html'

/** Tags a description may use; private.is_safe_html refuses all others, so both change together. */
const allowedTags = ['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'h3', 'h4', 'a']

/** The longest description that is read; the forms and the import refuse a longer one before it gets here. */
export const MAX_DESCRIPTION = 100_000

/** Each tag is compared with those around it, so their depth is bounded: deeper ones are removed and their text is kept. */
const deepest = 32

const options: sanitize.IOptions = {
  allowedTags,
  nestingLimit: deepest,
  allowedAttributes: { a: ['href'] },
  allowedSchemes: ['http', 'https'],
  allowProtocolRelative: false,
  transformTags: {
    b: 'strong',
    i: 'em',
    div: 'p',
    h1: 'h3',
    h2: 'h3',
    h5: 'h4',
    h6: 'h4',
    // Only a full address survives: what was relative to the old shop leads nowhere here.
    a: (_tag, { href = '' }) => ({
      tagName: 'a',
      attribs: URL.canParse(href) && /^https?:/i.test(href) ? { href: new URL(href).href } : {},
    }),
  },
  exclusiveFilter: ({ tag, attribs }) => (tag === 'a' && !attribs.href ? 'excludeTag' : false),
}

/** A description with every tag but a few removed, and all attributes but the address of a link. Text becomes a paragraph. */
export function toSafeHtml(html: string): string {
  // Twice: a division that held paragraphs is a paragraph that holds paragraphs, which only the second parse unfolds.
  const lines = html.slice(0, MAX_DESCRIPTION).replaceAll(/\r\n?/g, '\n')
  const safe = sanitize(sanitize(lines, options), options).replaceAll('<p></p>', '').trim()
  return safe === '' || /<(p|ul|ol|h3|h4)>/.test(safe) ? safe : `<p>${safe}</p>`
}
