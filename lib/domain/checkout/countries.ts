import { countryName } from './country-name'

/** Codes that are regions to Intl, but no countries that parcels go to. Kosovo has XK, which ISO 3166-1 leaves to its users. */
const notCountries = /^(EU|EZ|UN|QO|X[^K]|ZZ|A[AC]|CP|CQ|DG|EA|IC|TA|Q[M-Z])$/

/** The member states of the European Union. Source: european-union.europa.eu, 2026. */
const europeanUnion =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** All countries by their ISO 3166-1 code of two letters, as this runtime knows them. */
export const countryCodes: readonly string[] = [...letters].flatMap((first) =>
  [...letters]
    .map((second) => first + second)
    .filter((code) => !notCountries.test(code) && isCurrent(code) && countryName(code) !== code),
)

/** Whether no other code replaced it, as CW and others did for AN. */
function isCurrent(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code
}

const codesByName = new Map(countryCodes.map((code) => [simple(countryName(code)), code]))

/**
 * The countries in a list of names or codes, separated by commas; EU is all member states. An entry that is neither stays as it
 * was written.
 */
export function countriesIn(text: string): string[] {
  const entries = text
    .split(/[,;\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)
  return [...new Set(entries.flatMap(codesOf))]
}

function codesOf(entry: string): readonly string[] {
  const code = entry.toUpperCase()
  if (code === 'EU') return europeanUnion
  if (countryCodes.includes(code)) return [code]
  return [codesByName.get(simple(entry)) ?? entry]
}

function simple(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^\p{L}]/gu, '')
    .toLowerCase()
}
