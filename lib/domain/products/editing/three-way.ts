import { mergePictures } from './merge-pictures'

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

/**
 * The fields in which two versions of `base` differ. Equal changes are no difference. Pictures that both changed are one
 * list with the changes of both, where those agree: `mine` is that list.
 */
export function differences(base: Texts, mine: Texts, theirs: Texts): Difference[] {
  const fields = new Set([...Object.keys(theirs), ...Object.keys(mine)])
  return [...fields].flatMap((field): Difference[] => {
    const each = { base: base[field] ?? '', mine: mine[field] ?? '', theirs: theirs[field] ?? '' }
    if (each.mine === each.theirs) return []
    if (each.mine === each.base) return [{ field, ...each, changedBy: 'theirs' }]
    if (each.theirs === each.base) return [{ field, ...each, changedBy: 'mine' }]
    const both = field === 'media' ? mergePictures(each.base, each.mine, each.theirs) : null
    if (both === null) return [{ field, ...each, changedBy: null }]
    return both === each.theirs ? [] : [{ field, ...each, mine: both, changedBy: 'mine' }]
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
