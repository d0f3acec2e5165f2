import WebSocket from 'ws'

/** Many sockets that count what they hear. */
export class Crowd {
  readonly sockets: WebSocket[] = []
  heard = 0
  /** Bytes of the frame that was heard last. */
  lastBytes = 0
  private goal = Number.POSITIVE_INFINITY
  private reached: (() => void) | undefined

  /** Opens sockets a few at a time. */
  async open(url: string, count: number): Promise<void> {
    while (this.sockets.length < count) {
      const batch = Math.min(100, count - this.sockets.length)
      await Promise.all(Array.from({ length: batch }, () => this.openOne(url)))
    }
  }

  /** Every socket joins with this config and hears `Subscribed to PostgreSQL`. */
  async join(topic: string, entries: object[], token: (index: number) => string): Promise<void> {
    for (let start = 0; start < this.sockets.length; start += 50) {
      await Promise.all(
        this.sockets.slice(start, start + 50).map((socket, offset) => {
          const payload = { config: { postgres_changes: entries }, access_token: token(start + offset) }
          socket.send(JSON.stringify(['1', '1', topic, 'phx_join', payload]))
          return new Promise<void>((resolve) => {
            const listen = (data: Buffer): void => {
              if (!data.includes('Subscribed to PostgreSQL')) return
              socket.off('message', listen)
              resolve()
            }
            socket.on('message', listen)
          })
        }),
      )
    }
    for (const socket of this.sockets) this.listen(socket)
  }

  /** Every socket joins this private channel. */
  async joinPrivate(topic: string, token: string): Promise<void> {
    const payload = { config: { private: true }, access_token: token }
    for (let start = 0; start < this.sockets.length; start += 50) {
      await Promise.all(
        this.sockets.slice(start, start + 50).map((socket) => {
          socket.send(JSON.stringify(['1', '1', topic, 'phx_join', payload]))
          return new Promise((joined) => socket.once('message', joined))
        }),
      )
    }
    this.listenBare()
  }

  listenBare(): void {
    for (const socket of this.sockets) this.listen(socket)
  }

  /** Resolves when that many frames have been heard in all. */
  until(goal: number): Promise<void> {
    if (this.heard >= goal) return Promise.resolve()
    this.goal = goal
    return new Promise((resolve) => {
      this.reached = resolve
    })
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate()
  }

  private listen(socket: WebSocket): void {
    socket.on('message', (data: Buffer) => {
      this.heard++
      this.lastBytes = data.length
      if (this.heard < this.goal) return
      this.goal = Number.POSITIVE_INFINITY
      this.reached?.()
    })
  }

  private openOne(url: string): Promise<void> {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    this.sockets.push(socket)
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve())
      socket.on('error', reject)
    })
  }
}
