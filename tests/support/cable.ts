import { createServer, connect as dial, type Server, type Socket } from 'node:net'

/** The wire between a page and its servers, in the hands of a test. */
export interface Cable {
  /** Where the page finds its Supabase, */
  readonly url: string
  /** and its shop. */
  readonly shopUrl: string
  /** Open connections, of which so many are websockets. */
  connections(): number
  websockets(): number
  /** Ends every connection; new ones are refused until `mend`. */
  cut(): void
  /** Keeps every connection open, and new ones too, but they carry nothing, not even after `mend`. */
  hang(): void
  /** Ends every websocket, and every new one at once; the rest passes. */
  blockWebsockets(): void
  mend(): void
  close(): Promise<void>
}

/** Lays a cable to a Supabase, whichever one it is, and to a shop: faults happen on the wire, where real ones do. */
export async function layCable(supabaseUrl: string, shopServerUrl = supabaseUrl): Promise<Cable> {
  const lines = new Set<{ near: Socket; far: Socket; isWebsocket: boolean; isHanging: boolean }>()
  let state: 'whole' | 'cut' | 'hanging' | 'blocking' = 'whole'

  const servers = [supabaseUrl, shopServerUrl].map((target) =>
    createServer((near) => carry(near, new URL(target))),
  )

  function carry(near: Socket, { hostname, port }: URL): void {
    if (state === 'cut') {
      near.destroy()
      return
    }
    const line = {
      near,
      far: dial(Number(port), hostname),
      isWebsocket: false,
      isHanging: state === 'hanging',
    }
    lines.add(line)
    near.on('data', (bytes) => {
      line.isWebsocket ||= bytes.includes('Upgrade: websocket')
      if (line.isWebsocket && state === 'blocking') near.destroy()
      else if (!line.isHanging) line.far.write(bytes)
    })
    line.far.on('data', (bytes) => {
      if (!line.isHanging) near.write(bytes)
    })
    for (const end of [near, line.far]) {
      end.on('error', () => drop(line))
      end.on('close', () => drop(line))
    }
  }
  const [url = '', shopUrl = ''] = await Promise.all(servers.map(open))

  function drop(line: { near: Socket; far: Socket }): void {
    for (const each of lines) if (each === line) lines.delete(each)
    line.near.destroy()
    line.far.destroy()
  }

  return {
    url,
    shopUrl,
    connections: () => lines.size,
    websockets: () => [...lines].filter((line) => line.isWebsocket).length,
    cut() {
      state = 'cut'
      lines.forEach(drop)
    },
    hang() {
      state = 'hanging'
      for (const line of lines) line.isHanging = true
    },
    blockWebsockets() {
      state = 'blocking'
      for (const line of lines) if (line.isWebsocket) drop(line)
    },
    mend() {
      state = 'whole'
    },
    async close() {
      lines.forEach(drop)
      await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
    },
  }
}

async function open(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the cable has no port')
  return `http://127.0.0.1:${address.port}`
}
