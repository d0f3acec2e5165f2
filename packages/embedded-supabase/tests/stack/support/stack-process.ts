import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from '#ports'
import { copyProject } from './project'

const COMMAND = join(import.meta.dirname, '..', '..', '..', 'bin', 'embedded-supabase.js')

export interface StackProcess {
  process: ChildProcess
  /** Standard output once ready; empty when it ended before. */
  printed: string
  /** Resolves when it has ended, with its exit code and everything it wrote. */
  ended: Promise<{ code: number | null; said: string }>
}

/** A folder that is deleted when the test ends. */
export function aFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'onhand-local-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A copy of the fixture that is deleted when the test ends. */
export function aProject(): string {
  const folder = copyProject()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function twoPorts(): Promise<{ apiPort: number; databasePort: number }> {
  return { apiPort: await freePort(), databasePort: await freePort() }
}

/** `embedded-supabase` as a separate process, awaited until it is ready or has ended. Killed when the test ends. */
export function runStack(
  dataDir: string,
  { apiPort, databasePort }: { apiPort: number; databasePort: number },
  flags: string[] = ['--no-seed'],
): Promise<StackProcess> {
  const ports = ['--api-port', String(apiPort), '--db-port', String(databasePort)]
  return runIn(aProject(), ['--data-dir', dataDir, ...ports, ...flags])
}

/** The command as it is typed in a folder. */
export async function runIn(folder: string, flags: string[]): Promise<StackProcess> {
  const child = spawn(process.execPath, [COMMAND, ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, said: said + printed }))
  })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk
      if (printed.includes('JWT_SECRET=')) resolve()
    })
  })
  await Promise.race([ready, ended])
  return { process: child, printed, ended }
}
