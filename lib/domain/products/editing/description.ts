/**
 * A description as plain text: blank lines between paragraphs, and "- " before each line of a list. Richer markup stays
 * HTML.
 */
export function descriptionText(html: string): string {
  const text = html
    .replaceAll('</li><li>', '\n- ')
    .replaceAll('<ul><li>', '\n\n- ')
    .replaceAll('<p>', '\n\n')
    .replaceAll(/<\/p>|<\/li><\/ul>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim()
  return !hasTags(text) && blocks(text) === html ? text : html
}

/** The typed text as HTML, not yet sanitized. Typed tags are taken as tags. */
export function descriptionHtml(text: string): string {
  return hasTags(text) ? text : blocks(text)
}

function hasTags(text: string): boolean {
  return /<\/?[a-z]/i.test(text)
}

function blocks(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter(Boolean)
    .map(block)
    .join('')
}

function block(text: string): string {
  const lines = text.split('\n')
  if (!lines.every((line) => line.startsWith('- '))) return `<p>${escaped(text)}</p>`
  return `<ul>${lines.map((line) => `<li>${escaped(line.slice(2).trim())}</li>`).join('')}</ul>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
