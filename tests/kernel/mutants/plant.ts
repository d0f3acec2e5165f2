import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Edit, MIGRATIONS } from '@/tests/kernel/support/scratch'

/** A planted bug: in this migration, this text is replaced by that. seenIn: the tests that know best, asked first. */
export type Mutant = { name: string; file: string; from: string; to: string; seenIn?: string }

/** Why a bug cannot be planted any more: the code it replaces must be there exactly once. */
export function whyNotPlanted({ file, from }: Mutant): string | undefined {
  const times = readFileSync(join(MIGRATIONS, file), 'utf8').split(from).length - 1
  return times === 1 ? undefined : `NOT PLANTED: its text is in ${file} ${times} times; move it along`
}

/** Plants a bug into its migration on the way to a scratch database. */
export function planted(mutant: Mutant): Edit {
  const reason = whyNotPlanted(mutant)
  if (reason) throw new Error(`"${mutant.name}": ${reason}`)
  return (migration, text) => (migration === mutant.file ? text.replace(mutant.from, () => mutant.to) : text)
}
