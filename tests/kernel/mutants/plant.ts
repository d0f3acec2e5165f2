import { schemaFiles } from '@/commands/schema/sql-files'
import type { Edit } from '@/tests/kernel/support/scratch'

/** A planted bug: below this folder of supabase/schemas, this text is replaced by that. seenIn: the tests that know best, asked first. */
export type Mutant = { name: string; file: string; from: string; to: string; seenIn?: string }

/** Why a bug cannot be planted any more: the code it replaces must be there exactly once. */
export function whyNotPlanted({ file, from }: Mutant): string | undefined {
  const texts = schemaFiles().flatMap(({ path, text }) => (path.startsWith(`schemas/${file}`) ? text : []))
  const times = texts.join('\n').split(from).length - 1
  return times === 1 ? undefined : `NOT PLANTED: its text is below ${file} ${times} times; move it along`
}

/** Plants a bug into the schema of a scratch database. */
export function planted(mutant: Mutant): Edit {
  const reason = whyNotPlanted(mutant)
  if (reason) throw new Error(`"${mutant.name}": ${reason}`)
  return (path, text) =>
    path.startsWith(`schemas/${mutant.file}`) ? text.replace(mutant.from, () => mutant.to) : text
}
