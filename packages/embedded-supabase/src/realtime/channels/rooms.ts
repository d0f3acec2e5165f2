import { SharedFrame } from '#realtime/protocol/shared-frame'
import { type Broadcast, broadcastFrame } from './broadcast'
import { Presence, type PresenceDiff } from './presence'

/** A channel as its room sees it. */
export type Occupant = {
  hearsBroadcasts: boolean
  hearsPresence: boolean
  /** `messageId` names a stored message, which a channel may have had replayed. */
  send: (event: string, frame: SharedFrame, messageId?: string) => void
  /** The message rate of the project is exceeded. */
  overrun: () => void
}

/** The sender's own copy of a broadcast. */
export type Sender = { occupant: Occupant; hearsItself: boolean }

type Room = { topic: string; occupants: Set<Occupant>; presence: Presence<Occupant> }

/** Counts what rooms deliver, and says when it is too much. */
type Meter = { count: () => void; isExceeded: () => boolean }

/** Everyone joined, by topic. A public and a private room of one name are two rooms. */
export class Rooms {
  private readonly rooms = new Map<string, Room>()
  private readonly meter: Meter

  constructor(meter: Meter) {
    this.meter = meter
  }

  enter(subTopic: string, isPrivate: boolean, occupant: Occupant): void {
    const key = roomKey(subTopic, isPrivate)
    let room = this.rooms.get(key)
    if (!room) {
      room = { topic: `realtime:${subTopic}`, occupants: new Set(), presence: new Presence() }
      this.rooms.set(key, room)
    }
    room.occupants.add(occupant)
  }

  leave(subTopic: string, isPrivate: boolean, occupant: Occupant, presenceKey: string): void {
    const room = this.rooms.get(roomKey(subTopic, isPrivate))
    if (!room?.occupants.delete(occupant)) return
    this.tell(room, room.presence.untrack(presenceKey, occupant))
    if (room.occupants.size === 0) this.rooms.delete(roomKey(subTopic, isPrivate))
  }

  broadcast(subTopic: string, isPrivate: boolean, broadcast: Broadcast, sender?: Sender): void {
    this.meter.count()
    const room = this.rooms.get(roomKey(subTopic, isPrivate))
    if (!room) return
    const frame = new SharedFrame((version) => broadcastFrame(broadcast, version, room.topic))
    const messageId = broadcast.form === 'body' ? broadcast.meta?.id : undefined
    for (const occupant of room.occupants) {
      if (occupant === sender?.occupant && !sender.hearsItself) continue
      if (!occupant.hearsBroadcasts) continue
      if (this.meter.isExceeded()) {
        occupant.overrun()
        continue
      }
      this.meter.count()
      occupant.send('broadcast', frame, messageId)
    }
  }

  presenceState(subTopic: string, isPrivate: boolean): string {
    return JSON.stringify(this.rooms.get(roomKey(subTopic, isPrivate))?.presence.state() ?? {})
  }

  track(
    subTopic: string,
    isPrivate: boolean,
    occupant: Occupant,
    key: string,
    payload: Record<string, unknown>,
  ): void {
    const room = this.rooms.get(roomKey(subTopic, isPrivate))
    if (room) this.tell(room, room.presence.track(key, occupant, payload))
  }

  untrack(subTopic: string, isPrivate: boolean, occupant: Occupant, key: string): void {
    const room = this.rooms.get(roomKey(subTopic, isPrivate))
    if (room) this.tell(room, room.presence.untrack(key, occupant))
  }

  private tell(room: Room, diff: PresenceDiff | null): void {
    if (!diff) return
    const frame = SharedFrame.text(room.topic, 'presence_diff', JSON.stringify(diff))
    for (const occupant of room.occupants) {
      if (occupant.hearsPresence) occupant.send('presence_diff', frame)
    }
  }
}

function roomKey(subTopic: string, isPrivate: boolean): string {
  return `${isPrivate ? 'private' : 'public'}:${subTopic}`
}
