import { createServer } from 'node:http'
import { JWT_SECRET, KEYS } from 'embedded-supabase/keys'
import { startRealtime } from 'embedded-supabase/realtime'
import { type WebSocket, WebSocketServer } from 'ws'

// The process under load: Realtime, and beside it a bare WebSocket server that says to all what one client says.
const databaseUrl = process.argv[2] ?? ''
const boundless = 1_000_000_000
const limits = {
  sockets: boundless,
  joinsPerSecond: boundless,
  eventsPerSecond: boundless,
  idleMs: 24 * 3_600_000,
}
const realtime = await startRealtime({ databaseUrl, jwtSecret: JWT_SECRET, keys: KEYS, limits })
const bare = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const sockets = new Set<WebSocket>()
bare.on('connection', (socket) => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  socket.on('message', (data: Buffer) => {
    for (const other of sockets) other.send(data, { binary: false })
  })
})
const server = createServer((request, response) => void realtime.handleRequest(request, response))
server.on('upgrade', (request, socket, head) => {
  if (request.url?.startsWith('/bare')) {
    bare.handleUpgrade(request, socket, head, (ws) => bare.emit('connection', ws, request))
  } else realtime.handleUpgrade(request, socket, head)
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
process.on('message', () => {
  // Memory still in use, without garbage that the collector has not yet freed.
  globalThis.gc?.()
  process.send?.({ memory: process.memoryUsage().heapUsed })
})
process.on('disconnect', () => void realtime.stop().finally(() => process.exit()))
