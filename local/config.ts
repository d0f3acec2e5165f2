import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** What the embedded stack takes from supabase/config.toml, so that both local stacks follow one description. */
export interface StackConfig {
  apiPort: number
  databasePort: number
  maxRows: number
  jwtExpiry: number
  siteUrl: string
  enableSignup: boolean
}

/** Reads supabase/config.toml; `supabase start` reads the same file. Throws when a setting is missing. */
export function readConfig(): StackConfig {
  const settings = parseToml(readFileSync(join(ROOT, 'supabase', 'config.toml'), 'utf8'))
  const setting = (name: string) => {
    const value = settings.get(name)
    if (value === undefined) throw new Error(`supabase/config.toml does not set ${name}`)
    return value
  }
  return {
    apiPort: Number(setting('api.port')),
    databasePort: Number(setting('db.port')),
    maxRows: Number(setting('api.max_rows')),
    jwtExpiry: Number(setting('auth.jwt_expiry')),
    siteUrl: String(setting('auth.site_url')),
    enableSignup: setting('auth.enable_signup') === true,
  }
}

/** The part of TOML our config is written in: tables, scalars and lists. Keys come out as `table.key`. */
function parseToml(text: string): Map<string, unknown> {
  const settings = new Map<string, unknown>()
  let table = ''
  const oneLineLists = text.replace(/= \[[^\]]*\]/g, (list) =>
    list.replaceAll(/\s*\n\s*/g, ' ').replace(/,\s*\]/, ']'),
  )
  for (const line of oneLineLists.split('\n')) {
    const header = /^\[([\w.]+)\]/.exec(line)
    const pair = /^(\w+)\s*=\s*(".*?"|\[.*?\]|[^#]*)/.exec(line)
    if (header) table = header[1] ?? ''
    else if (pair) settings.set(`${table}.${pair[1]}`, JSON.parse(pair[2]?.trim() ?? ''))
  }
  return settings
}
