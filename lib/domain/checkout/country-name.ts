// Separate from the list of countries, so that pages of shoppers do not ship that.

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** The English name of a country; its code where there is none. */
export function countryName(code: string): string {
  return names.of(code) ?? code
}

/** Countries with their names, in alphabetical order. */
export function namedCountries(codes: readonly string[]): { code: string; name: string }[] {
  return codes
    .map((code) => ({ code, name: countryName(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}
