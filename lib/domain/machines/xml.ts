/** An XML element with a text, or with elements that are written already. Empty texts make no element. */
export function element(name: string, text: string | number | null | undefined): string {
  return text === '' || text === null || text === undefined
    ? ''
    : `<${name}>${xmlText(String(text))}</${name}>`
}

/** A text as XML carries it: escaped, and without the characters that XML 1.0 has no way to write. */
export function xmlText(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  )
}
