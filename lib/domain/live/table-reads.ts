import type { PublicSettings } from '@/lib/domain/core/settings'
import type { LiveSource } from './query'
import { portions } from './rest'

/** The caller of the Data API: the person with this token, or a visitor. */
export function headersOf(settings: PublicSettings, accessToken: string | null): Record<string, string> {
  return {
    apikey: settings.publishableKey,
    ...(accessToken && { authorization: `Bearer ${accessToken}` }),
  }
}

/** Where the Data API has the rows of `values`: an address per portion, each with at most `limit` rows. */
export function readUrls<Row>(
  source: LiveSource<Row>,
  values: readonly string[],
  { supabaseUrl }: PublicSettings,
  limit = source.newest,
): string[] {
  const { table, columns, by, list, newest } = source
  const asked = [
    `select=${columns.join()}`,
    list?.only?.where,
    list && `order=${by}.desc`,
    newest && 'order=id.desc',
    limit && `limit=${limit}`,
  ].filter((part) => typeof part === 'string')
  return portions(source, values).map((conditions) => {
    const query = [...asked, ...conditions].map(encoded).join('&')
    return `${supabaseUrl}/rest/v1/${table}?${query}`
  })
}

/** `name=value` as an address may hold it. */
function encoded(part: string): string {
  return encodeURIComponent(part).replace('%3D', '=')
}
