import { execFileSync, type SpawnOptions } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '#start-error'

/** The user the server runs as: a prefix for the server's command, and the owner that its files need. */
export interface Account {
  prefix: string[]
  spawn: Pick<SpawnOptions, 'uid' | 'gid'>
  owner: { uid: number; gid: number } | null
}

/**
 * PostgreSQL refuses to run as root, so root hands it to the unprivileged system user `postgres`, made when
 * missing. `paths` are what that user must reach; a clone below /root or a private temporary folder is out
 * of its reach, and then it keeps the single right to pass folders that are not its own.
 */
export function serverAccount(paths: string[]): Account {
  if (process.getuid?.() !== 0) return { prefix: [], spawn: {}, owner: null }

  const owner = systemUser()
  const blocked = paths.flatMap(parents).find((folder) => !canPass(folder, owner))
  if (blocked === undefined) return { prefix: [], spawn: owner, owner }
  if (!isInstalled('setpriv')) {
    throw new StartError(
      `The system user postgres cannot enter ${blocked}, and PostgreSQL does not run as root. ` +
        'Clone to a folder other users may enter (below /srv, for example), or run as a normal user.',
    )
  }
  return { prefix: ['setpriv', ...asUserPassingFolders(owner)], spawn: {}, owner }
}

/** `no_setuid_fixup` because access(2), which initdb asks about its own files, drops the right otherwise. */
function asUserPassingFolders({ uid, gid }: { uid: number; gid: number }): string[] {
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ]
}

function systemUser(): { uid: number; gid: number } {
  const found = idsOf('postgres')
  if (found) return found
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' })
  } catch (cause) {
    throw new StartError(
      'PostgreSQL does not run as root, and the system user postgres could not be made. ' +
        'Run as a normal user, or create that user first (useradd --system --user-group postgres).',
      { cause },
    )
  }
  const made = idsOf('postgres')
  if (!made) throw new StartError('The system user postgres was made but cannot be found by id(1).')
  return made
}

function idsOf(user: string): { uid: number; gid: number } | null {
  try {
    const ask = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }))
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return null // id(1) has no other reason to fail than that there is no such user
  }
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function parents(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...parents(parent), parent]
}

function canPass(folder: string, { uid, gid }: { uid: number; gid: number }): boolean {
  const stat = statSync(folder)
  if (stat.uid === uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}
