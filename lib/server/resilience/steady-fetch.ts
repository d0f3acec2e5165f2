import 'server-only'
import { Unavailable } from '@/lib/domain/core/unavailable'
import { createCircuit } from './circuit'
import { limitFor, shopperLimits, type TimeLimits } from './time-limits'

/** How a kept-alive connection ends that the other side had closed meanwhile, or that broke. */
const broken = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** An outage of one host must not stop calls to another. There are as many as Supabase has addresses: one. */
const circuits = new Map<string, ReturnType<typeof createCircuit>>()

/** Begins the message of a call that was not sent, because the last ones to its host failed. */
const notSent = 'not sent'

/** Whether a call with this error message certainly did nothing. */
export function wasNotSent(message: string): boolean {
  return message.includes(`${Unavailable.name}: ${notSent}`)
}

type Fetch = (asked: RequestInfo | URL, init?: RequestInit) => Promise<Response>

/**
 * fetch with a time limit for the whole call, which ends with the last byte of the answer. Sends it once more when the
 * connection ended before an answer came: nobody knows then whether it was heard. For reads, and for writes that carry an
 * idempotency key, which therefore happen once. After failures in a row most calls fail at once, so that an outage costs
 * its callers no time. Throws `Unavailable` where there is no answer.
 */
export function createSteadyFetch(limits: TimeLimits): Fetch {
  return async (asked, init = {}) => {
    const address = asked instanceof Request ? asked.url : String(asked)
    const method = init.method ?? (asked instanceof Request ? asked.method : 'GET')
    const circuit = circuitOf(address)
    if (!circuit.mayCall()) throw new Unavailable(`${notSent}, the last calls failed: ${method} ${address}`)
    const limitMs = limitFor(method, address, limits)
    const limit = AbortSignal.timeout(limitMs)
    const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
    try {
      const answer = await whole(asked, { ...init, signal })
      circuit.succeeded()
      return answer
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      circuit.failed()
      const why = limit.aborted ? `no answer within ${limitMs} ms` : 'fetch failed'
      throw new Unavailable(`${why}: ${method} ${address}`, { cause })
    }
  }
}

/** For what shoppers wait for. */
export const steadyFetch = createSteadyFetch(shopperLimits)

/** The answer with its body read, so that a body that never ends is a failed call and not a hanging page. */
async function whole(asked: RequestInfo | URL, init: RequestInit): Promise<Response> {
  const answer = await sentOnceMore(asked, init)
  const body = await answer.arrayBuffer()
  const { status, statusText, headers } = answer
  return new Response(mayHaveBody(status) ? body : null, { status, statusText, headers })
}

const mayHaveBody = (status: number) => status !== 204 && status !== 205 && status !== 304

async function sentOnceMore(asked: RequestInfo | URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(asked, init)
  } catch (cause) {
    if (!endedEarly(cause)) throw cause
    return fetch(asked, init)
  }
}

function circuitOf(address: string): ReturnType<typeof createCircuit> {
  const { host } = new URL(address)
  const circuit = circuits.get(host) ?? createCircuit()
  circuits.set(host, circuit)
  return circuit
}

function endedEarly(reason: unknown): boolean {
  const cause = reason instanceof Error ? reason.cause : null
  return cause instanceof Error && 'code' in cause && broken.has(String(cause.code))
}
