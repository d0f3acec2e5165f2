/** The values of a form's fields, by their names. */
export type Texts = Readonly<Record<string, string>>

export type Side = 'mine' | 'theirs'

/** A field in which two versions differ that were made from one. */
export interface Difference {
  field: string
  /** The value when both edits began. */
  base: string
  mine: string
  theirs: string
  /**
   * The editor, when only one of the two changed it; null when both did, each in another way: a person has to choose.
   */
  changedBy: Side | null
}

/** The fields in which two versions of `base` differ. Equal changes are no difference. */
export function differences(base: Texts, mine: Texts, theirs: Texts): Difference[] {
  const fields = new Set([...Object.keys(theirs), ...Object.keys(mine)])
  return [...fields].flatMap((field) => {
    const each = { base: base[field] ?? '', mine: mine[field] ?? '', theirs: theirs[field] ?? '' }
    if (each.mine === each.theirs) return []
    const changedBy = each.mine === each.base ? 'theirs' : each.theirs === each.base ? 'mine' : null
    return [{ field, ...each, changedBy }]
  })
}

/** The one version that takes each difference from the side chosen for it, theirs when none is. */
export function chosen(
  found: readonly Difference[],
  theirs: Texts,
  choices: Readonly<Record<string, Side>>,
): Texts {
  const taken = found.filter(({ field }) => choices[field] === 'mine').map(({ field, mine }) => [field, mine])
  return { ...theirs, ...Object.fromEntries(taken) }
}

/** The field values after a newer version arrives: untouched fields follow it, edited ones stay. */
export function followed(base: Texts, mine: Texts, theirs: Texts): Texts {
  const found = differences(base, mine, theirs)
  const kept = found.flatMap(({ field, changedBy }) =>
    changedBy === 'theirs' ? [] : [[field, 'mine'] as const],
  )
  return chosen(found, theirs, Object.fromEntries(kept))
}

/** Texts made from a version. */
export interface Edit<Version> {
  base: Version
  texts: Texts
}

/** An unsaved edit. `was`: the value of each field before its first change. */
export interface Typing<Version> extends Edit<Version> {
  was: Texts
}

/**
 * An unsaved edit after a newer version arrives. Without conflicts it continues from the newer version; else from its
 * own, so that saving asks which version to keep.
 */
export function caughtUp<Version>(
  { base, was, texts }: Typing<Version>,
  version: Version,
  theirs: Texts,
): Typing<Version> {
  const contested = differences(was, texts, theirs).filter(({ changedBy }) => changedBy === null)
  return {
    base: contested.length > 0 ? base : version,
    was: { ...theirs, ...Object.fromEntries(contested.map((each) => [each.field, each.base])) },
    texts: followed(was, texts, theirs),
  }
}
