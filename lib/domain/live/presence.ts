/** A place where people who are at it together see each other, and what each of them says there. */
export interface Room<State> {
  /** One name, one room: `product:${id}`. */
  readonly name: string
  /** What came from somebody else; null when it cannot be understood. */
  parse(candidate: unknown): State | null
}

/** Somebody else in a room. */
export interface Guest<State> {
  /** The same as long as they stay. A person with two tabs is there twice. */
  readonly key: string
  readonly state: State
}

/** What is said in a room. */
export interface Word {
  readonly key: string
  /** Null from who leaves, or only looks. */
  readonly state: unknown
  /** Said by who just came in, and wants to hear who is there. */
  readonly isNew: boolean
}

export const manners = {
  /** Between two words of one person, at least. */
  pauseMs: 1_000,
  /** Everybody says something this often, */
  stillHereMs: 10_000,
  /** and who says nothing for this long has gone without a word. */
  goneMs: 25_000,
  /** Who is asked answers within this time, spread by chance. */
  answerMs: 300,
  /** Between two tries to come in. */
  retryMs: 3_000,
} as const

/** Who is in a room, and when each was heard last, in clock milliseconds. */
export type Guests<State> = ReadonlyMap<string, { readonly state: State; readonly heardAt: number }>

/** The same map when nobody came, changed or went. */
export function afterWord<State>(
  guests: Guests<State>,
  room: Room<State>,
  word: Word,
  now: number,
): Guests<State> {
  const state = word.state === null ? null : room.parse(word.state)
  const next = new Map(guests)
  if (state === null) return next.delete(word.key) ? next : guests
  return next.set(word.key, { state, heardAt: now })
}

/** The same map when everybody was heard of lately. */
export function stillThere<State>(guests: Guests<State>, now: number): Guests<State> {
  const left = [...guests].filter(([, { heardAt }]) => now - heardAt < manners.goneMs)
  return left.length === guests.size ? guests : new Map(left)
}

/** A word as it came from outside; null when it is none. */
export function parseWord(candidate: unknown): Word | null {
  if (typeof candidate !== 'object' || candidate === null) return null
  const { key, state = null, isNew } = candidate as Record<string, unknown>
  return typeof key === 'string' ? { key, state, isNew: isNew === true } : null
}
