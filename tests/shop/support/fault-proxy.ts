import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The fault of each connection to the API: none, no response ever, no connection, a late response, an early end, or no
 * Realtime.
 */
export type Fault = 'none' | 'hangs' | 'refuses' | 'is slow' | 'resets' | 'has no sockets'

const slowMs = 700

/** The API behind a wire that can be cut. Faults befall connections that are open as well as those that are opened. */
export async function startFaultProxy(apiUrl: string) {
  let { port: apiPort, hostname } = new URL(apiUrl)
  let fault: Fault = 'none'
  const open = new Set<Socket>()
  const webSockets = new WeakSet<Socket>()

  const server = createServer((client) => {
    open.add(client)
    client.on('close', () => open.delete(client))
    client.on('error', () => client.destroy())
    const api = connect(Number(apiPort), hostname)
    api.on('error', () => client.destroy())
    api.on('close', () => client.destroy())
    client.on('close', () => api.destroy())
    api.on('data', (chunk) => client.write(chunk))
    client.on('data', async (chunk) => {
      if (fault === 'hangs') return
      if (/^upgrade: websocket/im.test(chunk.toString('latin1'))) webSockets.add(client)
      if (fault === 'has no sockets' && webSockets.has(client)) return client.destroy()
      if (fault === 'resets') {
        client.resetAndDestroy()
        return
      }
      if (fault === 'is slow') await sleep(slowMs)
      api.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    async set(next: Fault): Promise<void> {
      if (fault === 'refuses' && next !== 'refuses') {
        server.listen(port, '127.0.0.1')
        await once(server, 'listening')
      }
      fault = next
      if (fault === 'refuses') server.close()
      for (const socket of open) {
        if (fault === 'refuses' || (fault === 'has no sockets' && webSockets.has(socket))) socket.destroy()
      }
    },
    /** Another API at the same address. */
    lead(to: string): void {
      ;({ port: apiPort, hostname } = new URL(to))
      for (const socket of open) socket.destroy()
    },
    stop(): void {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
