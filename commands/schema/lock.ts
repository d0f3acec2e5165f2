import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/commands/root'
import type { SqlFile } from './sql-files'

const HEADER =
  '# Every committed migration and its sha-256, oldest first. Written by npm run db:lock, never by hand.\n' +
  '# A line "released VERSION" closes what that release of the shop brought.\n'
const ANOTHER = 'write the change as another migration: npm run db:migration -- NAME'

/** supabase/migrations.lock: which migrations are committed, with which text, and what was released. */
export interface Lock {
  lines: ({ path: string; hash: string } | { release: string })[]
}

export function readLock(project = ROOT): Lock {
  return parseLock(readFileSync(lockPath(project), 'utf8'))
}

export function writeLock(lock: Lock, project = ROOT): void {
  const lines = lock.lines.map((line) =>
    'release' in line ? `released ${line.release}\n` : `${line.hash}  ${line.path}\n`,
  )
  writeFileSync(lockPath(project), HEADER + lines.join(''))
}

export function parseLock(text: string): Lock {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return {
    lines: lines.map((line) => {
      const [first = '', second = ''] = line.split(/ +/)
      return first === 'released' ? { release: second } : { hash: first, path: second }
    }),
  }
}

/** One sentence for each committed migration that is not as it was committed. */
export function brokenMigrations(lock: Lock, files: SqlFile[]): string[] {
  const present = new Map(files.map(({ path, text }) => [path, hashOf(text)]))
  const committed = committedMigrations(lock)
  const newest = committed.at(-1)?.path ?? ''
  const broken = committed.flatMap(({ path, hash }) => {
    if (!present.has(path))
      return `supabase/${path} was committed and is gone. Databases that applied it still name it: restore it, and ${ANOTHER}.`
    if (present.get(path) !== hash)
      return `supabase/${path} was changed after it was committed. Databases that applied it never see the change: restore it, and ${ANOTHER}.`
    return []
  })
  const early = newMigrations(lock, files).filter(({ path }) => path < newest)
  return [
    ...broken,
    ...early.map(
      ({ path }) =>
        `supabase/${path} is older than supabase/${newest}, which is committed. Databases that have the newer one refuse it: give it a timestamp of today.`,
    ),
  ]
}

/** The migrations that no line of the lock names. */
export function newMigrations(lock: Lock, files: SqlFile[]): SqlFile[] {
  const committed = new Set(committedMigrations(lock).map(({ path }) => path))
  return files.filter(({ path }) => !committed.has(path))
}

/** One sentence for each new migration in which a person has not written every statement. */
export function unfinishedMigrations(lock: Lock, files: SqlFile[]): string[] {
  return newMigrations(lock, files)
    .filter(({ text }) => text.includes('-- TODO'))
    .map(({ path }) => `supabase/${path} has statements to write: search it for TODO.`)
}

export function withMigrations(lock: Lock, files: SqlFile[]): Lock {
  const added = newMigrations(lock, files).map(({ path, text }) => ({ path, hash: hashOf(text) }))
  return { lines: [...lock.lines, ...added] }
}

/** The paths of what the last release brought. Before the first release: of the initial migration. */
export function releasedMigrations({ lines }: Lock): string[] {
  const last = lines.findLastIndex((line) => 'release' in line)
  return committedMigrations({ lines: lines.slice(0, last === -1 ? 1 : last) }).map(({ path }) => path)
}

function committedMigrations({ lines }: Lock) {
  return lines.filter((line) => 'path' in line)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function lockPath(project: string): string {
  return join(project, 'supabase', 'migrations.lock')
}
