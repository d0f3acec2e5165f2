/** Where Lite's driver writes a value otherwise than PostgREST writes it in JSON. Sessions run in UTC. */
export const JSON_TYPES = {
  timestamp: type(1114, String, (text) => text.replace(' ', 'T')),
  timestamptz: type(1184, String, (text) => text.replace(' ', 'T').replace(/\+00$/, '+00:00')),
  numeric: type(1700, String, (text) => (Number.isFinite(Number(text)) ? Number(text) : text)),
  json: type(114, jsonText, (text) => JSON.parse(text)),
  jsonb: type(3802, jsonText, (text) => JSON.parse(text)),
}

function type(oid: number, serialize: (value: unknown) => string, parse: (text: string) => unknown) {
  return { to: oid, from: [oid], serialize, parse }
}

/** Lite hands over the JSON arguments of a function as text already; encoded again they would be one string. */
function jsonText(value: unknown): string {
  return typeof value === 'string' && isObjectOrArray(value) ? value : JSON.stringify(value)
}

function isObjectOrArray(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
