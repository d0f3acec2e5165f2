import 'server-only'
import { headers } from 'next/headers'
import { after } from 'next/server'

/**
 * What the action of a form leaves for the page that is rendered in answer to the same request. React would carry it
 * there, but not into a page that Next resumes; and it may be more than a cookie or an address holds.
 */
export function perRequest<Answer>(): {
  leave: (answer: Answer) => Promise<void>
  left: () => Promise<Answer | null>
} {
  const kept = new Map<string, Answer>()
  return {
    async leave(answer) {
      const id = await requestId()
      kept.set(id, answer)
      after(() => {
        kept.delete(id)
      })
    },
    left: async () => kept.get(await requestId()) ?? null,
  }
}

/** The policy of a response has a nonce of its own (proxy.ts); whoever sends such a header is not heard. */
async function requestId(): Promise<string> {
  const policy = (await headers()).get('content-security-policy')
  if (!policy) throw new Error('a request without a policy: it did not come through proxy.ts')
  return policy
}
