/** What stands in the fields of a form, by their names. */
export type Texts = Readonly<Record<string, string>>

export type Side = 'mine' | 'theirs'

/** A field in which two versions differ that were made from one. */
export interface Difference {
  field: string
  /** What it was when both began. */
  base: string
  mine: string
  theirs: string
  /** Who changed it, when only one of the two did; null when both did, each in another way: somebody has to choose. */
  changedBy: Side | null
}

/** Where two versions of `base` differ. What both changed alike is no difference. */
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

/** What somebody is in the middle of: texts made from a version. */
export interface Edit<Version> {
  base: Version
  texts: Texts
}

/**
 * An edit when a newer version arrives: fields nobody touched here follow it. When nothing was changed on both sides the
 * edit goes on from the newer version; else from its own, so that saving asks which of the two it shall be.
 */
export function caughtUp<Version>(
  { base, texts }: Edit<Version>,
  theirs: Version,
  textsOf: (version: Version) => Texts,
): Edit<Version> {
  const found = differences(textsOf(base), texts, textsOf(theirs))
  const kept = found.flatMap(({ field, changedBy }) =>
    changedBy === 'theirs' ? [] : [[field, 'mine'] as const],
  )
  const isContested = found.some(({ changedBy }) => changedBy === null)
  return {
    base: isContested ? base : theirs,
    texts: chosen(found, textsOf(theirs), Object.fromEntries(kept)),
  }
}
