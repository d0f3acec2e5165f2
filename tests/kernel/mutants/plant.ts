import type { Edit } from '@/tests/kernel/support/scratch'

/** A planted bug: in this migration, this text is replaced by that. */
export type Mutant = { name: string; file: string; from: string; to: string }

/** Plants a bug into its migration on the way to a scratch database. Throws when the code it replaces has moved on. */
export function planted({ name, file, from, to }: Mutant): Edit {
  return (migration, text) => {
    if (migration !== file) return text
    if (text.split(from).length !== 2) {
      throw new Error(`"${name}" is not in ${file} exactly once: the code moved on, move the mutant along.`)
    }
    return text.replace(from, () => to)
  }
}
