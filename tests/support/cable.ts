import { createServer, connect as dial, type Socket } from 'node:net'

/** The wire between a page and its Supabase, in the hands of a test. */
export interface Cable {
  readonly url: string
  /** Open connections. */
  connections(): number
  /** Bytes each way since the start. */
  carried(): number
  /** Ends every connection; new ones are refused until `mend`. */
  cut(): void
  /** Keeps every connection open, and new ones too, but carries nothing until `mend`; what hung is lost then. */
  hang(): void
  mend(): void
  close(): Promise<void>
}

/** Lays a cable to a Supabase, whichever one it is: faults happen on the wire, where real ones do. */
export async function layCable(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target)
  const pairs = new Set<[Socket, Socket]>()
  let state: 'whole' | 'cut' | 'hanging' = 'whole'
  let carried = 0

  const server = createServer((near) => {
    if (state === 'cut') return near.destroy()
    const far = dial(Number(port), hostname)
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => {
        if (state !== 'whole') return
        carried += bytes.length
        to.write(bytes)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the cable has no port')

  const dropAll = () => {
    for (const [near, far] of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    connections: () => pairs.size,
    carried: () => carried,
    cut() {
      state = 'cut'
      dropAll()
    },
    hang() {
      state = 'hanging'
    },
    mend() {
      if (state === 'hanging') dropAll()
      state = 'whole'
    },
    async close() {
      dropAll()
      await new Promise((closed) => server.close(closed))
    },
  }
}
