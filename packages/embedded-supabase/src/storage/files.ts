import { randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, type ReadStream } from 'node:fs'
import { copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The bytes of objects: one file for each, named by a random version, never by a caller. */
export interface Files {
  write: (bytes: Uint8Array) => Promise<string>
  copy: (version: string) => Promise<string>
  read: (version: string) => ReadStream
  remove: (versions: readonly (string | null)[]) => Promise<void>
}

const VERSION = /^[0-9a-f-]{36}$/

export function openFiles(folder: string): Files {
  mkdirSync(folder, { recursive: true })
  const path = (version: string) => {
    // The column can be written by SQL.
    if (!VERSION.test(version)) throw new Error('An object has no file')
    return join(folder, version)
  }
  return {
    async write(bytes) {
      const version = randomUUID()
      await writeFile(path(version), bytes, { flag: 'wx' })
      return version
    },
    async copy(version) {
      const other = randomUUID()
      await copyFile(path(version), path(other))
      return other
    },
    read: (version) => createReadStream(path(version)),
    async remove(versions) {
      for (const version of versions) if (version) await rm(path(version), { force: true })
    },
  }
}
