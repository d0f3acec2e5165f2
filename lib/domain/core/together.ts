import { isUnavailable } from './unavailable'

interface Waiting<Request, Answer> {
  request: Request
  lane: string
  /** After a batch with it failed, it is sent alone. */
  alone: boolean
  resolve: (answer: Answer) => void
  reject: (cause: unknown) => void
  timer: ReturnType<typeof setTimeout> | undefined
}

interface Batch {
  lane: string
  isOverdue: boolean
}

/** More requests wait than can be served in time, so this one was not sent. */
export class Overloaded extends Error {
  override name = 'Overloaded'
}

interface Options<Request, Answer> {
  /** Answers each request in its place. Must bear being repeated, and must end: its caller sets the time limit. */
  send: (requests: Request[]) => Promise<Answer[]>
  /** No two requests of a batch have the same; requests with the same keep their order. */
  apart: (request: Request) => string
  /** Requests of different lanes never share a batch, so a locked variant stalls its own lane alone. */
  lane?: (request: Request) => string
  /** Batches of one lane in progress at once, while none of them is overdue. */
  atOnce: number
  /** Requests of one batch. */
  most: number
  /** Batches of all lanes in progress at once, overdue ones included. */
  mostAtOnce?: number
  /** Requests that may wait; one more is refused. */
  mostWaiting?: number
  /** A request that waited so long is refused. */
  patienceMs?: number
  /** A batch that takes so long does not keep the next ones back, and those are of one request each. */
  overdueMs?: number
}

/**
 * Requests that wait together are sent together. A batch is sent at once while fewer than `atOnce` of its lane are in
 * progress; requests that come in the meantime wait, and the next batch takes up to `most` of them, in their order. Where
 * a batch is refused as a whole, its requests are sent again one by one, so that one cannot spoil the others. The queue is
 * bounded in length and time: beyond, requests are rejected with `Overloaded`, and nothing of them was sent.
 */
export function together<Request, Answer>({
  send,
  apart,
  lane = () => '',
  atOnce,
  most,
  mostAtOnce = 16,
  mostWaiting = 1_000,
  patienceMs = 5_000,
  overdueMs = 1_000,
}: Options<Request, Answer>): (request: Request) => Promise<Answer> {
  let waiting: Waiting<Request, Answer>[] = []
  const inProgress = new Set<Batch>()

  function sendWaiting(): void {
    for (;;) {
      const [first, ...others] = nextBatch()
      if (!first) return
      void travel([first, ...others], first.lane)
    }
  }

  /** The next requests that may be sent now; none when all lanes with requests are full. */
  function nextBatch(): Waiting<Request, Answer>[] {
    if (inProgress.size >= mostAtOnce) return []
    const first = waiting.find((one) => hasRoom(one.lane))
    if (!first) return []
    const size = first.alone || hasOverdue(first.lane) ? 1 : most
    const seen = new Set<string>()
    const batch: Waiting<Request, Answer>[] = []
    const rest: Waiting<Request, Answer>[] = []
    for (const one of waiting) {
      const mayJoin = one.lane === first.lane && batch.length < size && (one === first || !one.alone)
      const whose = apart(one.request)
      if (mayJoin && !seen.has(whose)) batch.push(one)
      else rest.push(one)
      seen.add(whose)
    }
    waiting = rest
    return batch
  }

  const batchesOf = (name: string) => [...inProgress].filter((batch) => batch.lane === name)
  const hasOverdue = (name: string) => batchesOf(name).some(({ isOverdue }) => isOverdue)

  /** Half of all batches at most are of one lane, however many of its calls are overdue. */
  function hasRoom(name: string): boolean {
    const own = batchesOf(name)
    return own.filter(({ isOverdue }) => !isOverdue).length < atOnce && own.length < mostAtOnce / 2
  }

  async function travel(sent: Waiting<Request, Answer>[], name: string): Promise<void> {
    const batch: Batch = { lane: name, isOverdue: false }
    inProgress.add(batch)
    for (const { timer } of sent) clearTimeout(timer)
    const overdue = setTimeout(() => {
      batch.isOverdue = true
      sendWaiting()
    }, overdueMs)
    try {
      const answers = await send(sent.map(({ request }) => request))
      for (const [place, { resolve, reject }] of sent.entries()) {
        const answer = answers[place]
        if (answer === undefined) reject(new Error(`no answer in place ${place} of ${answers.length}`))
        else resolve(answer)
      }
    } catch (cause) {
      // Without an answer a repeat would wait as long once more, for each of them.
      if (sent.length === 1 || isUnavailable(cause)) for (const { reject } of sent) reject(cause)
      else waiting = [...sent.map((one) => ({ ...one, alone: true, timer: undefined })), ...waiting]
    } finally {
      clearTimeout(overdue)
      inProgress.delete(batch)
      sendWaiting()
    }
  }

  function giveUp(one: Waiting<Request, Answer>): void {
    waiting = waiting.filter((other) => other !== one)
    one.reject(new Overloaded(`waited ${patienceMs} ms`))
  }

  return (request) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= mostWaiting) {
        reject(new Overloaded(`${waiting.length} requests wait already`))
        return
      }
      const one: Waiting<Request, Answer> = {
        request,
        lane: lane(request),
        alone: false,
        resolve,
        reject,
        timer: undefined,
      }
      one.timer = setTimeout(giveUp, patienceMs, one)
      waiting.push(one)
      // After this turn of the loop, so that requests of one moment are one batch.
      queueMicrotask(sendWaiting)
    })
}
