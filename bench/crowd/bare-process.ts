import { type WebSocket, WebSocketServer } from 'ws'

// The limit of a fan-out: a server that only sends the same bytes to everybody, when its parent sends them.
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
const sockets = new Set<WebSocket>()
server.on('connection', (socket) => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
})
server.on('listening', () => process.send?.(server.address()))
process.on('message', (frame: string) => {
  for (const socket of sockets) socket.send(frame)
})
process.on('disconnect', () => process.exit())
