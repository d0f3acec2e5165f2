import { entryId } from '#realtime/changes/entry-id'
import { type Grants, MissingPartitionError, readGrants } from '#realtime/channels/authorization'
import { Channel, type ChannelSocket } from '#realtime/channels/channel'
import { findReplayed, readReplay } from '#realtime/channels/replay'
import type { ServerContext } from '#realtime/server-context'
import { chooseToken, type JoinConfig, readJoinConfig } from './join-config'
import { type Claims, verifyToken } from './token'
import type { Incoming } from './wire'

export type JoinOutcome =
  | { ok: true; channel: Channel; begin: () => void; changes: (Record<string, unknown> & { id: number })[] }
  | { ok: false; reason: string; closesSocket: boolean }

type JoiningSocket = ChannelSocket & { handshakeToken: string; channelCount: number }

class JoinRefusal extends Error {
  readonly closesSocket: boolean

  constructor(reason: string, closesSocket = false) {
    super(reason)
    this.closesSocket = closesSocket
  }
}

/** Lets a client into a channel, or says why not: the checks in the server's order. */
export async function join(
  context: ServerContext,
  socket: JoiningSocket,
  message: Incoming,
): Promise<JoinOutcome> {
  try {
    return await admit(context, socket, message)
  } catch (error) {
    if (error instanceof JoinRefusal)
      return { ok: false, reason: error.message, closesSocket: error.closesSocket }
    const unreachable = 'UnableToConnectToProject: Realtime was unable to connect to the project database'
    return { ok: false, reason: unreachable, closesSocket: false }
  }
}

async function admit(context: ServerContext, socket: JoiningSocket, message: Incoming): Promise<JoinOutcome> {
  const { topic, ref, joinRef, payload } = message
  const subTopic = topic.slice('realtime:'.length)
  if (subTopic === '') throw new JoinRefusal('TopicNameRequired: You must provide a topic name')
  const config = readJoinConfig(payload)
  if (!config) throw new JoinRefusal('UnknownErrorOnChannel: no function clause matching in Access.get/3')
  checkRates(context, socket)
  const token = chooseToken(payload, socket.handshakeToken)
  const claims = checkToken(context, token)
  const grants = config.isPrivate ? await checkGrants(context, socket, subTopic, claims, config) : everything
  const joined = { topic, joinRef: joinRef ?? ref, config, token, claims }
  const replay = readReplayRequest(config, grants)
  const channel = new Channel(context, socket, joined, grants)
  try {
    const replayed = replay ? await findReplayed(context.database, subTopic, replay) : []
    const changes = config.changes.map((entry) => ({ ...entry, id: entryId(entry) }))
    return { ok: true, channel, begin: () => channel.begin(replayed), changes }
  } catch {
    channel.end()
    throw new JoinRefusal('UnableToReplayMessages: Realtime was unable to replay messages')
  }
}

const everything: Grants = { broadcast: true, presence: true }

function checkRates({ limits, rates }: ServerContext, socket: JoiningSocket): void {
  rates.joins.count()
  if (rates.joins.isExceeded()) {
    throw new JoinRefusal('ClientJoinRateLimitReached: Too many joins per second', true)
  }
  if (socket.channelCount >= limits.channelsPerSocket) {
    throw new JoinRefusal('ChannelRateLimitReached: Too many channels')
  }
}

function checkToken({ jwtSecret, nowInS }: ServerContext, token: string): Claims {
  const verdict = verifyToken(token, jwtSecret, nowInS())
  if (!verdict.ok) throw new JoinRefusal(`${verdict.fault.code}: ${verdict.fault.text}`)
  return verdict.claims
}

async function checkGrants(
  { database }: ServerContext,
  { headers }: JoiningSocket,
  subTopic: string,
  claims: Claims,
  { presence }: JoinConfig,
): Promise<Grants> {
  const grants = await readGrants(database, { subTopic, claims, headers }, presence.isEnabled).catch(
    (error) => {
      if (!(error instanceof MissingPartitionError)) throw error
      throw new JoinRefusal('MissingPartition: Realtime was unable to find the expected messages partition')
    },
  )
  if (grants.broadcast || grants.presence) return grants
  throw new JoinRefusal(
    `Unauthorized: You do not have permissions to read from this Channel topic: ${subTopic}`,
  )
}

function readReplayRequest({ isPrivate, replay }: JoinConfig, grants: Grants) {
  if (replay === undefined || replay === null) return null
  if (!isPrivate) throw new JoinRefusal('UnableToReplayMessages: Replay is not allowed for public channels')
  const request = readReplay(replay)
  if (!request) throw new JoinRefusal('UnableToReplayMessages: Replay params are not valid')
  return grants.broadcast ? request : null
}
