/** A description as it is typed: paragraphs of plain text where it is no more than that, else its HTML. */
export function descriptionText(html: string): string {
  const text = html
    .replaceAll('</p><p>', '\n\n')
    .replace(/^<p>|<\/p>$/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
  return !hasTags(text) && paragraphs(text) === html ? text : html
}

/** What was typed, as HTML that is yet to be made safe: blank lines part paragraphs, unless it has tags of its own. */
export function descriptionHtml(text: string): string {
  return hasTags(text) ? text : paragraphs(text)
}

function hasTags(text: string): boolean {
  return /<\/?[a-z]/i.test(text)
}

function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${escaped(paragraph)}</p>`)
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
