import { setTimeout as sleep } from 'node:timers/promises'
import type { Claims } from '#realtime/protocol/token'
import type { ServerContext } from '#realtime/server-context'
import { type ChangeEntry, parseEntry } from './change-entry'
import { checkEntry } from './entry-check'
import { entryId } from './entry-id'
import { ParameterError } from './filter'
import type { Listener, Subscribed, Subscription } from './subscriptions'

type Announce = (status: 'ok' | 'error', message: string) => void

const retryPauseMs = 1_000
const realTokenDelayMs = { least: 1_000, most: 3_000 }

/** The postgres_changes of one channel: subscribed with the claims of its token, and again with each new token. */
export class ChangeFeed {
  private readonly context: ServerContext
  private readonly listener: Listener
  private readonly requested: Record<string, unknown>[]
  private readonly announce: Announce
  private subscription: Subscription | undefined
  /** Counts subscribings, so that an overtaken one notices. */
  private turn = 0

  constructor(
    context: ServerContext,
    listener: Listener,
    requested: Record<string, unknown>[],
    announce: Announce,
  ) {
    this.context = context
    this.listener = listener
    this.requested = requested
    this.announce = announce
  }

  /** Subscribes all entries or none, and confirms it once delivery is certain. */
  async subscribe(claims: Claims): Promise<void> {
    if (this.requested.length === 0) return
    const turn = ++this.turn
    const subscribed = await this.check(claims.role, turn)
    if (turn !== this.turn) return
    this.subscription?.cancel()
    this.subscription = undefined
    this.context.relived.delete(this.announceAgain)
    if (!subscribed) return
    const reader = { role: claims.role, claims: JSON.stringify(claims) }
    this.subscription = this.context.subscriptions.add(this.listener, reader, subscribed)
    await this.context.replication.whenLive()
    if (turn !== this.turn) return
    this.context.relived.add(this.announceAgain)
    this.announceAgain()
  }

  async changeToken(claims: Claims): Promise<void> {
    const { least, most } = realTokenDelayMs
    if (this.context.faults.realTiming) await sleep(least + Math.random() * (most - least))
    await this.subscribe(claims)
  }

  stop(): void {
    this.turn++
    this.subscription?.cancel()
    this.context.relived.delete(this.announceAgain)
  }

  private readonly announceAgain = (): void => this.announce('ok', 'Subscribed to PostgreSQL')

  private async check(role: string, turn: number): Promise<Subscribed[] | null> {
    while (turn === this.turn) {
      try {
        const entries: ChangeEntry[] = this.requested.map(parseEntry)
        const checked: Subscribed[] = []
        for (const [index, entry] of entries.entries()) {
          const conditions = await checkEntry(this.context.database, entry, role)
          checked.push({ entry, conditions, id: entryId(this.requested[index] ?? {}) })
        }
        return checked
      } catch (error) {
        if (error instanceof ParameterError) {
          if (turn === this.turn) this.announce('error', error.message)
          return null
        }
        // The database could not be asked; it is asked until it answers.
        await sleep(retryPauseMs)
      }
    }
    return null
  }
}
