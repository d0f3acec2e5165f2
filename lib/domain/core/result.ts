import type { Refusal } from './refusal'

/** The outcome of a request. Unexpected errors throw instead. */
export type Result<Data, Failure = Refusal> = { ok: true; data: Data } | { ok: false; error: Failure }

export function accepted<Data>(data: Data): { ok: true; data: Data } {
  return { ok: true, data }
}

export function refused<Failure>(error: Failure): { ok: false; error: Failure } {
  return { ok: false, error }
}

/** The data of a result that has to be one: for a read whose refusal is a failure. Throws with the name of what was read. */
export function dataOrThrow<Data>(name: string, result: Result<Data, { code: string }>): Data {
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
  return result.data
}
