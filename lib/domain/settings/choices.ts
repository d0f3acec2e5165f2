import { countryCodes } from '@/lib/domain/checkout/countries'
import { namedCountries } from '@/lib/domain/checkout/country-name'

const locales =
  'en-GB en-US en-IE en-AU en-CA en-IN de-DE de-AT de-CH fr-FR fr-BE fr-CH nl-NL nl-BE es-ES es-MX it-IT pt-PT pt-BR da-DK sv-SE nb-NO fi-FI pl-PL cs-CZ hu-HU el-GR tr-TR ja-JP ko-KR zh-CN ar-AE he-IL hi-IN'.split(
    ' ',
  )

/** Ways to write numbers and dates, each with an example: "German (Germany): 1.234,50 · 23.11.30". */
function localeChoices(current: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  const day = new Date(Date.UTC(2030, 10, 23))
  return [...new Set([current, ...locales])].map((code) => {
    const number = new Intl.NumberFormat(code, { minimumFractionDigits: 2 }).format(1234.5)
    const date = new Intl.DateTimeFormat(code, { dateStyle: 'short', timeZone: 'UTC' }).format(day)
    return { code, name: `${names.of(code)}: ${number} · ${date}` }
  })
}

/** The choices of the form with the shop's identity. Made by the server: browsers differ in the names of languages. */
export function shopChoices(locale: string) {
  return {
    countries: namedCountries(countryCodes),
    timeZones: timeZoneChoices(),
    locales: localeChoices(locale),
  }
}

/** Every time zone that this program can format with. */
function timeZoneChoices(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))]
}
