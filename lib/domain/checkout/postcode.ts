/** How the postcodes of each country are written, with the letters that people put before or between left out. */
const rules: Record<string, RegExp> = {
  BE: /^[1-9]\d{3}$/,
  NL: /^[1-9]\d{3}[A-Z]{2}$/,
  LU: /^\d{4}$/,
  FR: /^\d{5}$/,
  DE: /^\d{5}$/,
  AT: /^[1-9]\d{3}$/,
  IE: /^[A-Z]\d[\dW][A-Z\d]{4}$/,
  IT: /^\d{5}$/,
  ES: /^\d{5}$/,
  PT: /^\d{7}$/,
  DK: /^\d{4}$/,
}

/** Whether a text is a postcode of a country: "b-9000" is one of Belgium, "1017 ab" one of the Netherlands. */
export function isPostcode(text: string, country: string): boolean {
  const rule = rules[country]
  if (!rule) return true
  const written = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s.-]/g, '')
  return rule.test(written) || rule.test(written.replace(/^[A-Z]{1,2}(?=\d)/, ''))
}
