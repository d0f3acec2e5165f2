import { connect, createServer, type Server, type Socket } from 'node:net'

// A separate process between the shop and the Data API, so that the API can fail: it listens on the first port and
// passes on to the second. Messages switch it: `pass`, `hang` (accepts requests and never responds), `refuse`.

export type Mode = 'pass' | 'hang' | 'refuse'

const [listenOn = 0, passTo = 0] = process.argv.slice(2).map(Number)
const open = new Set<Socket>()
let mode: Mode = 'pass'
let server: Server | undefined

function cutAll(): void {
  for (const socket of open) socket.destroy()
  open.clear()
}

function take(client: Socket): void {
  const api = connect(passTo, '127.0.0.1')
  for (const socket of [client, api]) {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
  }
  client.on('close', () => api.destroy())
  api.on('close', () => client.destroy())
  client.on('data', (data) => {
    if (mode === 'pass') api.write(data)
  })
  api.on('data', (data) => {
    if (mode === 'pass') client.write(data)
  })
}

async function turn(next: Mode): Promise<void> {
  // Hung requests are lost for good, as with a restarted gateway.
  if (mode !== 'pass' || next === 'refuse') cutAll()
  mode = next
  if (next === 'refuse') {
    await new Promise((resolve) => server?.close(resolve))
    server = undefined
  } else if (!server) {
    server = createServer(take).listen(listenOn, '127.0.0.1')
    await new Promise((resolve) => server?.once('listening', resolve))
  }
  process.send?.(next)
}

process.on('message', (next) => void turn(next as Mode))
process.on('disconnect', () => process.exit())
await turn('pass')
