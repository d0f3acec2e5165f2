/** The nested parameters of a request: `metadata[order]=1&expand[]=latest_charge`. */
export interface Params {
  readonly [name: string]: string | Params | undefined
}

type Writable = { [name: string]: string | Writable }

const aName = /^[A-Za-z0-9_]{0,80}$/

/** Reads a form-encoded text. Names with other signs than letters, digits and underscores are left out. */
export function readParams(text: string): Params {
  const all: Writable = Object.create(null)
  let unnamed = 0
  for (const [path, value] of new URLSearchParams(text)) {
    const names = path.split(/\[|\]\[|\]/).filter((name, at) => at === 0 || name !== '')
    if (path.endsWith('[]')) names.push(String(unnamed++))
    if (names.length > 6 || !names.every((name) => aName.test(name) && name !== '__proto__')) continue
    const last = names.pop() ?? ''
    let place = all
    for (const name of names) {
      const inner = place[name]
      const next: Writable = typeof inner === 'object' ? inner : Object.create(null)
      place[name] = next
      place = next
    }
    place[last] = value
  }
  return all
}

export function textIn(params: Params, name: string): string | undefined {
  const value = params[name]
  return typeof value === 'string' ? value : undefined
}

export function groupIn(params: Params, name: string): Params {
  const value = params[name]
  return typeof value === 'object' ? value : {}
}

/** The texts of the group `metadata`. */
export function metadataIn(params: Params): Record<string, string> {
  const entries = Object.entries(groupIn(params, 'metadata'))
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** A list: `expand[0]=a&expand[1]=b`. */
export function listIn(params: Params, name: string): string[] {
  return Object.values(groupIn(params, name)).filter((value) => typeof value === 'string')
}

/** A whole number of minor units; undefined when it was not sent or is no such number. */
export function wholeIn(params: Params, name: string): number | undefined {
  const text = textIn(params, name)
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}
