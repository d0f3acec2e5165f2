import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartError } from '#start-error'
import { type Account, serverAccount } from './account'
import { type PostgresBinaries, postgresBinaries } from './binaries'

const MAJOR_VERSION = '17'

/** A database folder on disk that this PostgreSQL can open, and what it takes to run it. */
export interface Cluster {
  /** PostgreSQL's own folder. */
  path: string
  log: string
  account: Account
  binaries: PostgresBinaries
}

/** The cluster below `dataDir`, made when there is none. Throws a StartError when it cannot be used. */
export function openCluster(dataDir: string, password: string): Cluster {
  const path = clusterPath(dataDir)
  const binaries = postgresBinaries()
  const account = serverAccount([path, binaries.postgres])
  const version = versionOf(path)
  if (version === null) initialise(path, account, binaries, password)
  else if (version !== MAJOR_VERSION) {
    throw new StartError(
      `The data in ${path} was written by PostgreSQL ${version}; this stack runs ${MAJOR_VERSION}. ` +
        'Choose another folder with --data-dir, or start over with --fresh (deletes that data).',
    )
  }
  return { path, log: join(dataDir, 'postgres.log'), account, binaries }
}

/** PostgreSQL's own folder below a data folder. */
export function clusterPath(dataDir: string): string {
  return join(dataDir, 'postgres')
}

/** Makes the data folder; throws a StartError when nothing can be written there. */
export function makeWritable(dataDir: string): void {
  try {
    const isNew = mkdirSync(dataDir, { recursive: true }) !== undefined
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    // Root passes the check above even where nothing can be written (a read-only mount).
    writeFileSync(join(dataDir, '.writable'), '')
    rmSync(join(dataDir, '.writable'))
    // A new folder may lie in a repository; an existing one has its own rules.
    if (isNew) writeFileSync(join(dataDir, '.gitignore'), '*\n')
    // The server's own user passes through here to its folder, which stays closed to everyone else.
    if (process.getuid?.() === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o111)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(
      `The data folder ${dataDir} cannot be written (${reason}). Give yourself write access or choose another with --data-dir.`,
      { cause },
    )
  }
}

function versionOf(path: string): string | null {
  try {
    return readFileSync(join(path, 'PG_VERSION'), 'utf8').trim()
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
}

/** Made beside its place and moved there when whole, so that a start cut short leaves nothing half-made. */
function initialise(path: string, account: Account, binaries: PostgresBinaries, password: string): void {
  const draft = `${path}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  const passwordFile = `${path}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account.owner) {
    for (const file of [draft, passwordFile]) chownSync(file, account.owner.uid, account.owner.gid)
  }
  const [command = '', ...args] = [
    ...account.prefix,
    binaries.initdb,
    `--pgdata=${draft}`,
    '--username=supabase_admin',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=en-US',
  ]
  const result = spawnSync(command, args, {
    ...account.spawn,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  })
  rmSync(passwordFile, { force: true })
  if (result.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new StartError(
      `PostgreSQL could not make its data folder ${path}: ${result.error?.message ?? result.stderr}`,
    )
  }
  renameSync(draft, path)
}
