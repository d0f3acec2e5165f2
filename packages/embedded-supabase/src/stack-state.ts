import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockOwner } from './lock'

/** Where a stack answers and what opens it. */
export interface StackAddress {
  apiUrl: string
  databaseUrl: string
  publishableKey: string
  secretKey: string
  jwtSecret: string
  /** Where mail is sent to; the mailbox keeps it and delivers nothing. */
  smtpUrl: string
  /** The page that shows that mail. */
  mailboxUrl: string
}

/** Leaves a note in the data folder for other commands; returns what takes it away. */
export function announce(dataDir: string, address: StackAddress): () => void {
  const path = join(dataDir, 'stack.json')
  writeFileSync(path, `${JSON.stringify({ pid: process.pid, ...address }, null, 2)}\n`)
  return () => rmSync(path, { force: true })
}

/** The stack that runs on this data folder, or null. */
export function runningStack(dataDir: string): StackAddress | null {
  const owner = lockOwner(dataDir)
  try {
    const { pid, ...address } = JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8'))
    return owner?.pid === pid ? address : null // a note of an earlier stack that was killed
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
}
