import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { steadyFetch } from '@/lib/server/steady-fetch'

/** A server that hangs up on so many requests before it answers, and remembers what it heard. */
async function hangingUp(times: number) {
  const heard: string[] = []
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => heard.push(body))
    request.on('end', () => (heard.length > times ? response.end('here it is') : request.socket.destroy()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, heard }
}

test('a connection that ends without an answer is asked again, word for word', async () => {
  const { url, heard } = await hangingUp(1)

  const answer = await steadyFetch(url, { method: 'POST', body: 'key 1' })

  expect(await answer.text()).toBe('here it is')
  expect(heard).toEqual(['key 1', 'key 1'])
})

test('what hangs up again and again is a fault', async () => {
  const { url, heard } = await hangingUp(5)

  await expect(steadyFetch(url, { method: 'POST', body: 'key 1' })).rejects.toThrow('fetch failed')

  expect(heard).toHaveLength(2)
})

test('where nobody listens, nobody is asked twice', async () => {
  await expect(steadyFetch('http://127.0.0.1:1')).rejects.toThrow('fetch failed')
})
