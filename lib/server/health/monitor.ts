import 'server-only'
import { randomUUID } from 'node:crypto'
import type { RealtimeChannel } from '@supabase/supabase-js'
import { SCHEMA_VERSION } from '@/lib/domain/core/schema-version'
import { Figures, hear, newVitals, type Report, reportOf, type Vitals } from '@/lib/domain/health/vitals'
import { mailSettings } from '@/lib/server/platform/env'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { repeat } from '@/lib/server/platform/repeat'
import { secretClient } from '@/lib/server/platform/supabase'

const beatEveryMs = 3_000
const inventoryEveryMs = 5 * 60_000
/** After this silence the subscription is made again: Realtime does not tell of a publication that was dropped. */
const rejoinAfterMs = 6_000

// In `globalThis`, because Next bundles instrumentation.ts, which beats, and routes, which report, apart.
const shared = globalThis as { onhandVitals?: Vitals }

/**
 * Every few seconds this server writes its heartbeat and hears it through Realtime, as pages hear of stock; every few
 * minutes one of the servers compares all aggregates with their ledgers.
 */
export function startMonitor(): void {
  const vitals = newVitals(performance.now())
  shared.onhandVitals = vitals
  const heart = new Heart(vitals)
  repeat(beatEveryMs, 'The heartbeat was not written', () => heart.beat())
  repeat(inventoryEveryMs, 'The inventory was not checked', checkInventory, true)
}

/** Whether this server can do its work, from memory: asking costs nothing. */
export function reportHealth(): Report {
  const now = performance.now()
  const sendsMail = mailSettings() !== null
  return reportOf(shared.onhandVitals ?? newVitals(now), now, { schema: SCHEMA_VERSION, sendsMail })
}

class Heart {
  readonly #vitals: Vitals
  readonly #server = randomUUID()
  #number = 0
  #sentAt = 0
  #joinedAt = Number.NEGATIVE_INFINITY
  #channel: RealtimeChannel | null = null

  constructor(vitals: Vitals) {
    this.#vitals = vitals
  }

  async beat(): Promise<void> {
    await this.#listen()
    this.#number += 1
    this.#sentAt = performance.now()
    const answer = await secretClient().rpc('beat', { server: this.#server, number: this.#number })
    this.#vitals.figures = Figures.parse(rowsOrThrow('beat', answer))
    this.#vitals.beatAt = performance.now()
  }

  async #listen(): Promise<void> {
    const now = performance.now()
    const lastSign = Math.max(this.#vitals.heardAt ?? Number.NEGATIVE_INFINITY, this.#joinedAt)
    if (now - lastSign < rejoinAfterMs) return
    this.#joinedAt = now
    if (this.#channel) void secretClient().removeChannel(this.#channel)
    const filter = `server=eq.${this.#server}`
    this.#channel = secretClient()
      .channel(`heartbeats:${this.#server}:${Math.round(now)}`)
      .on<{ number: number }>(
        'postgres_changes',
        { event: '*', schema: 'public', table: 'heartbeats', filter },
        ({ new: row }) => this.#heard(row),
      )
      .subscribe()
  }

  /** An older heartbeat, heard late, is no sign that Realtime is up to date. */
  #heard(row: { number?: number }): void {
    if (row.number !== this.#number) return
    const now = performance.now()
    hear(this.#vitals, now, Math.round(now - this.#sentAt))
  }
}

async function checkInventory(): Promise<void> {
  const differences = rowsOrThrow('check_inventory', await secretClient().rpc('check_inventory'))
  if (differences > 0) {
    process.emitWarning(
      `${differences} sums differ from their ledgers: call verify_inventory() to see which.`,
    )
  }
}
