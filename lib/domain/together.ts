interface Waiting<Request, Answer> {
  request: Request
  resolve: (answer: Answer) => void
  reject: (cause: unknown) => void
}

/**
 * Calls that wait together travel together. A call goes out at once while fewer than `atOnce` are on their way; those
 * that come meanwhile wait, and the next one that goes takes up to `most` of them along, in their order, of which no
 * two have the same `apart`. `send` answers each request in its place. Where a call with several requests fails, each
 * is sent again by itself, so that one cannot spoil the others: they must bear being repeated.
 */
export function together<Request, Answer>({
  send,
  apart,
  atOnce,
  most,
}: {
  send: (requests: Request[]) => Promise<Answer[]>
  apart: (request: Request) => string
  atOnce: number
  most: number
}): (request: Request) => Promise<Answer> {
  let waiting: Waiting<Request, Answer>[] = []
  let sent = 0

  function sendWaiting(): void {
    while (sent < atOnce && waiting.length > 0) {
      const party = nextParty()
      sent++
      void travel(party).finally(() => {
        sent--
        sendWaiting()
      })
    }
  }

  function nextParty(): Waiting<Request, Answer>[] {
    const seen = new Set<string>()
    const party: Waiting<Request, Answer>[] = []
    const rest: Waiting<Request, Answer>[] = []
    for (const one of waiting) {
      const who = apart(one.request)
      if (party.length < most && !seen.has(who)) party.push(one)
      else rest.push(one)
      seen.add(who)
    }
    waiting = rest
    return party
  }

  async function travel(party: Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await send(party.map(({ request }) => request))
      for (const [place, { resolve, reject }] of party.entries()) {
        const answer = answers[place]
        if (answer === undefined) reject(new Error(`no answer in place ${place} of ${answers.length}`))
        else resolve(answer)
      }
    } catch (cause) {
      if (party.length > 1) for (const one of party) await travel([one])
      else for (const { reject } of party) reject(cause)
    }
  }

  return (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      // After this turn of the loop, so that calls of one moment are one party.
      queueMicrotask(sendWaiting)
    })
}
