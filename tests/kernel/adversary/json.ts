/** JSON as an attacker writes it: a `Written` goes into the text as it is, so `1e0` and forty digits survive. */
export type Json = null | boolean | number | string | Written | Json[] | { [key: string]: Json }

export class Written {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type JsonObject = { [key: string]: Json }

export function jsonText(value: Json): string {
  if (value instanceof Written) return value.text
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`)
    .join(',')}}`
}

/** A place inside a value: the keys and indexes that lead to it. */
export type Path = (string | number)[]

/** Every place inside a value, the value itself first. */
export function placesIn(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object' || value instanceof Written) return [path]
  const inner: [string | number, Json][] = Array.isArray(value)
    ? value.map((each, n) => [n, each])
    : Object.entries(value)
  return [path, ...inner.flatMap(([key, each]) => placesIn(each, [...path, key]))]
}

export function valueAt(value: Json, path: Path): Json {
  return path.reduce<Json>((at, key) => (at as JsonObject)[key] ?? null, value)
}

/** The same value with another one in this place; `undefined` leaves the place out. */
export function withValueAt(value: Json, [key, ...rest]: Path, to: Json | undefined): Json {
  if (key === undefined) return to ?? null
  if (value === null || typeof value !== 'object' || value instanceof Written) return value
  if (Array.isArray(value)) {
    return value.flatMap((each, n) => {
      if (n !== key) return [each]
      if (rest.length === 0) return to === undefined ? [] : [to]
      return [withValueAt(each, rest, to)]
    })
  }
  const entries = Object.entries(value).flatMap(([name, each]): [string, Json][] => {
    if (name !== key) return [[name, each]]
    if (rest.length === 0) return to === undefined ? [] : [[name, to]]
    return [[name, withValueAt(each, rest, to)]]
  })
  return Object.fromEntries(entries)
}
