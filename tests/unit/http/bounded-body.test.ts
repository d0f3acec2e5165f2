import { expect, test } from 'vitest'
import { boundedBody, boundedForm } from '@/lib/server/http/bounded-body'

const kilobyte = { bytes: 1_024, ms: 1_000 }

/** A request whose body comes in chunks of 256 bytes and says nothing of its length; `chunks` of them, then it stays open. */
function chunked(chunks: number, { ends = true } = {}) {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent < chunks) controller.enqueue(new Uint8Array(256).fill(97))
      else if (ends) controller.close()
      else return new Promise(() => undefined)
      sent += 1
    },
  })
  const request = new Request('http://shop.test/', { method: 'POST', body, duplex: 'half' } as RequestInit)
  return { request, sent: () => sent }
}

const statusOf = (answer: Uint8Array | FormData | Response) =>
  answer instanceof Response ? answer.status : 200

test('a body within the limit is read whole', async () => {
  const body = await boundedBody(chunked(4).request, kilobyte)

  expect(body instanceof Uint8Array && body.byteLength).toBe(1_024)
})

test('a body is counted while it is read, and not read further than the limit', async () => {
  const { request, sent } = chunked(1_000_000)

  expect(statusOf(await boundedBody(request, kilobyte))).toBe(413)
  expect(sent()).toBeLessThan(10)
})

test('a body that does not end in time is given up', async () => {
  const { request } = chunked(1, { ends: false })

  expect(statusOf(await boundedBody(request, { ...kilobyte, ms: 20 }))).toBe(408)
})

test('bytes that are no form are a bad request', async () => {
  expect(statusOf(await boundedForm(chunked(1).request, kilobyte))).toBe(400)
})
