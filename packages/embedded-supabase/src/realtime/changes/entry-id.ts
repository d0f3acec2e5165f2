import { createHash } from 'node:crypto'

const largest = 2 ** 27 - 1

/** The id a join reply gives an entry: the same for the same entry, and never 0, which clients do not match. */
export function entryId(entry: Record<string, unknown>): number {
  const sorted = JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
  return (createHash('sha1').update(sorted).digest().readUInt32BE() % largest) + 1
}
