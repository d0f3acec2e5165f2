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
  /** Null from who leaves. */
  readonly state: unknown
}

export const manners = {
  /** Everybody says something this often, */
  stillHereMs: 10_000,
  /** and who says nothing for this long has gone without a word. */
  goneMs: 25_000,
} as const

/** Who is in a room, by key, and when each was heard last, in clock milliseconds. */
export type Guests<State> = ReadonlyMap<string, Guest<State> & { readonly heardAt: number }>

/** Who is there once a word is said. */
export function afterWord<State>(
  guests: Guests<State>,
  room: Room<State>,
  { key, state: said }: Word,
  now: number,
): Guests<State> {
  const state = said === null ? null : room.parse(said)
  const next = new Map(guests)
  if (state === null) next.delete(key)
  else next.set(key, { key, state, heardAt: now })
  return next
}

/** Who was heard of lately. */
export function stillThere<State>(guests: Guests<State>, now: number): Guests<State> {
  return new Map([...guests].filter(([, { heardAt }]) => now - heardAt < manners.goneMs))
}

/** A word as it came from outside; null when it is none. */
export function parseWord(candidate: unknown): Word | null {
  const { key, state = null } = Object(candidate) as Record<string, unknown>
  return typeof key === 'string' ? { key, state } : null
}
