import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { Changes } from '#realtime/changes/changes'
import { Subscriptions } from '#realtime/changes/subscriptions'
import { StoredMessages } from '#realtime/channels/messages'
import { keepPartitions } from '#realtime/channels/partitions'
import { Rooms } from '#realtime/channels/rooms'
import { readHandshake, refuse } from '#realtime/protocol/handshake'
import { ClientSocket } from '#realtime/protocol/socket'
import { handleRest } from '#realtime/rest/rest'
import { Replication } from '#realtime/wal/replication'
import { openDatabase } from './database'
import { Faults } from './faults'
import { defaultLimits, type Limits, Rate } from './limits'
import type { Keys, ServerContext } from './server-context'

export type RealtimeOptions = {
  /** Connects as a superuser to a database that has schema.sql. */
  databaseUrl: string
  jwtSecret: string
  keys: Keys
  faults?: Faults
  limits?: Partial<Limits>
}

export type Realtime = {
  /** Takes an upgrade request for /realtime/v1/websocket. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Takes a request below /realtime/v1/api. */
  handleRequest: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  stop: () => Promise<void>
}

/**
 * Starts a Realtime server that clients cannot tell from Supabase's. Resolves when changes are followed; whatever is
 * committed from then on is seen. Rejects when the database cannot be reached.
 */
export async function startRealtime(options: RealtimeOptions): Promise<Realtime> {
  const { context, changes } = assemble(options)
  const { faults, limits, database, replication } = context
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
  })
  const sockets = new Set<ClientSocket>()
  let isDown = false
  const stopPartitions = await keepPartitions(database)
  try {
    await replication.start()
  } catch (error) {
    stopPartitions()
    await replication.stop()
    await database.end()
    throw error
  }

  const dropAllSockets = (): void => {
    for (const socket of sockets) socket.cut()
  }
  faults.attach('dropAllSockets', dropAllSockets)
  faults.attach('recheckTokens', () => {
    for (const socket of sockets) socket.recheckTokens()
  })
  faults.attach('loseSlot', (forMs) => replication.lose(forMs))
  faults.attach('restart', async (forMs) => {
    isDown = true
    for (const socket of sockets) socket.disconnect()
    await replication.lose(forMs)
    await new Promise((done) => setTimeout(done, forMs))
    isDown = false
  })

  return {
    handleUpgrade(request, duplex, head) {
      if (isDown) return void duplex.destroy()
      const handshake = readHandshake(context, request, sockets.size)
      if ('status' in handshake) return void refuse(context, duplex, handshake)
      server.handleUpgrade(request, duplex, head, (ws) => {
        const socket = new ClientSocket(context, ws, handshake)
        sockets.add(socket)
        ws.on('close', () => sockets.delete(socket))
      })
    },
    async handleRequest(request, response) {
      if (isDown) response.writeHead(503).end()
      else await handleRest(context, request, response)
    },
    async stop() {
      isDown = true
      stopPartitions()
      changes.stop()
      for (const socket of sockets) socket.disconnect()
      dropAllSockets()
      server.close()
      await replication.stop()
      await database.end()
    },
  }
}

function assemble({ databaseUrl, jwtSecret, keys, faults = new Faults(), limits: own }: RealtimeOptions) {
  const limits = { ...defaultLimits, ...own }
  const rates = {
    joins: new Rate('joins', limits.joinsPerSecond),
    events: new Rate('messages', limits.eventsPerSecond),
    presence: new Rate('presence messages', limits.presenceEventsPerSecond),
  }
  const database = openDatabase(databaseUrl)
  const subscriptions = new Subscriptions()
  const rooms = new Rooms(rates.events)
  const relived = new Set<() => void>()
  const messages = new StoredMessages(database, rooms, limits.payloadBytes, faults)
  const changes: Changes = new Changes({
    database,
    faults,
    limits,
    events: rates.events,
    subscriptions,
    onMessage: (row, transaction) => {
      if (!rates.events.isExceeded()) messages.relay(row, transaction)
    },
    acknowledge: (position) => replication.acknowledge(position),
    hold: (isHeld) => (isHeld ? replication.pause() : replication.resume()),
  })
  const replication = new Replication(databaseUrl, {
    line: changes.line,
    live: () => {
      for (const announce of relived) announce()
    },
    lost: changes.forgetTransaction,
  })
  const nowInS = (): number => Date.now() / 1000 + faults.tokensEndEarlyByS
  const context: ServerContext = {
    jwtSecret,
    keys,
    faults,
    limits,
    rates,
    database,
    replication,
    rooms,
    subscriptions,
    relived,
    nowInS,
  }
  return { context, changes }
}
