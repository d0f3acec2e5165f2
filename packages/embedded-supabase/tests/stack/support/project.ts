import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FIXTURE = join(import.meta.dirname, '..', '..', 'fixture')

/** A Supabase project that is not ours: a small library, in a new folder outside this repository. */
export function copyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'library-'))
  cpSync(FIXTURE, folder, { recursive: true })
  return folder
}
