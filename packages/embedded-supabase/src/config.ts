import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse, type TomlTable, type TomlValue } from 'smol-toml'
import type { SendEmailHook } from './auth/send-email'
import { StartError } from './start-error'

/** The settings that the embedded stack takes from supabase/config.toml, so that both local stacks follow one description. */
export interface StackConfig {
  apiPort: number
  databasePort: number
  maxRows: number
  jwtExpiry: number
  siteUrl: string
  enableSignup: boolean
  shortestPassword: number
  /** Digits of the codes that Auth mails. */
  otpLength: number
  /** Life of those codes and of the links with their hashes, in seconds. */
  otpExpiry: number
  /** Where Auth posts its messages; null: into the mailbox. */
  sendEmailHook: SendEmailHook | null
}

const CONFIG = join('supabase', 'config.toml')

/** The nearest folder upwards that holds supabase/config.toml, as the Supabase CLI looks for it. Throws a StartError. */
export function findProject(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG))) return folder
    if (folder === dirname(folder)) break
  }
  throw new StartError(
    `There is no ${CONFIG} in ${resolve(from)} or above it. Start in the folder of a Supabase project, name one with ` +
      '--workdir, or make one with: npx supabase init',
  )
}

/** Reads supabase/config.toml; `supabase start` reads the same file. A missing setting is what the CLI takes for it. */
export function readConfig(project: string): StackConfig {
  const settings = readToml(join(project, CONFIG))
  const setting = <Value extends TomlValue>(table: string, name: string, usual: Value): Value => {
    const section = table
      .split('.')
      .reduce<TomlValue | undefined>((at, key) => (isTable(at) ? at[key] : undefined), settings)
    const value = isTable(section) ? section[name] : undefined
    if (value === undefined) return usual
    if (typeof value === typeof usual) return value as Value
    throw new StartError(`${CONFIG}: ${table}.${name} must be a ${typeof usual}.`)
  }
  return {
    apiPort: setting<number>('api', 'port', 54_321),
    databasePort: setting<number>('db', 'port', 54_322),
    maxRows: setting<number>('api', 'max_rows', 1000),
    jwtExpiry: setting<number>('auth', 'jwt_expiry', 3600),
    siteUrl: setting<string>('auth', 'site_url', 'http://127.0.0.1:3000'),
    enableSignup: setting<boolean>('auth', 'enable_signup', true),
    shortestPassword: setting<number>('auth', 'minimum_password_length', 6),
    otpLength: setting<number>('auth.email', 'otp_length', 6),
    otpExpiry: setting<number>('auth.email', 'otp_expiry', 3600),
    sendEmailHook: setting<boolean>(hook, 'enabled', false)
      ? {
          uri: fromEnvironment(setting(hook, 'uri', '')),
          secret: fromEnvironment(setting(hook, 'secrets', '')),
        }
      : null,
  }
}

const hook = 'auth.hook.send_email'

/** `env(NAME)` is the variable of that name, as the CLI reads it. */
function fromEnvironment(value: string): string {
  const name = /^env\((\w+)\)$/.exec(value)?.[1]
  return name === undefined ? value : (process.env[name] ?? '')
}

function readToml(path: string): TomlTable {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new StartError(`${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
}
