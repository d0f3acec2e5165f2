import { z } from 'zod'

const seconds = z.int().nullable()

/** The answer of a heartbeat (public.beat): ages in seconds, null where there is nothing that ages. */
export const Figures = z.object({
  schema: z.string().nullable(),
  mail_waiting_seconds: seconds,
  payment_overdue_seconds: seconds,
  inventory_checked_seconds: seconds,
  inventory_differences: z.int().nullable(),
})
export type Figures = z.infer<typeof Figures>

/** The state of a server, as it knows it. Times are in ms of a clock that only goes forward. */
export interface Vitals {
  startedAt: number
  /** When the database last answered a heartbeat, and with what. */
  beatAt: number | null
  figures: Figures | null
  /** When this server last heard its own heartbeat through Realtime. */
  heardAt: number | null
  /** From sending a heartbeat to hearing it, in ms, of the last hundred. */
  lagsMs: number[]
}

export const newVitals = (now: number): Vitals => ({
  startedAt: now,
  beatAt: null,
  figures: null,
  heardAt: null,
  lagsMs: [],
})

/** A heartbeat that was heard at `now`. */
export function hear(vitals: Vitals, now: number, lagMs: number): void {
  vitals.heardAt = now
  vitals.lagsMs = [...vitals.lagsMs.slice(-99), lagMs]
}

/** Ages beyond which a server is not ready. A heartbeat is due every three seconds. */
const limits = {
  silentMs: 9_000,
  mailSeconds: 30 * 60,
  paymentSeconds: 10 * 60,
  inventorySeconds: 30 * 60,
}

/** The names of the checks, in the order of a report. */
export const checkNames = ['database', 'schema', 'realtime', 'mail', 'payments', 'inventory'] as const
export type CheckName = (typeof checkNames)[number]

export interface Check {
  ok: boolean
  /** The figures behind it, each in the unit that its name ends with. */
  measured: Record<string, number | null>
}
export type Report = { ready: boolean; checks: Record<CheckName, Check> }

/** Whether a server can do its work at `now`: everything that must be true, each with what was measured. */
export function reportOf(
  vitals: Vitals,
  now: number,
  { schema, sendsMail }: { schema: string; sendsMail: boolean },
): Report {
  const { figures } = vitals
  const answered = age(vitals.beatAt, now)
  const heard = age(vitals.heardAt, now)
  const checks: Report['checks'] = {
    database: { ok: within(answered, limits.silentMs), measured: { answered_ms_ago: answered } },
    schema: { ok: figures?.schema === schema, measured: { version: Number(figures?.schema ?? 0) } },
    realtime: {
      ok: within(heard, limits.silentMs),
      measured: { heard_ms_ago: heard, lag_p50_ms: lag(vitals, 0.5), lag_p95_ms: lag(vitals, 0.95) },
    },
    mail: {
      ok: figures !== null && (!sendsMail || (figures.mail_waiting_seconds ?? 0) <= limits.mailSeconds),
      measured: { oldest_waiting_seconds: figures?.mail_waiting_seconds ?? null },
    },
    payments: {
      ok: figures !== null && (figures.payment_overdue_seconds ?? 0) <= limits.paymentSeconds,
      measured: { oldest_overdue_seconds: figures?.payment_overdue_seconds ?? null },
    },
    inventory: {
      ok:
        figures?.inventory_differences === 0 &&
        // A server that has just started may be the first that checks.
        (figures.inventory_checked_seconds ?? (now - vitals.startedAt) / 1000) <= limits.inventorySeconds,
      measured: {
        checked_seconds_ago: figures?.inventory_checked_seconds ?? null,
        differences: figures?.inventory_differences ?? null,
      },
    },
  }
  return { ready: checkNames.every((name) => checks[name].ok), checks }
}

/** A report in the text format of Prometheus (version 0.0.4). */
export function metricsOf({ ready, checks }: Report): string {
  const lines = [`onhand_ready ${Number(ready)}`]
  for (const name of checkNames) {
    const { ok, measured } = checks[name]
    lines.push(`onhand_check_ok{check="${name}"} ${Number(ok)}`)
    for (const [figure, value] of Object.entries(measured)) {
      if (value !== null) lines.push(`onhand_${name}_${figure} ${value}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const age = (at: number | null, now: number) => (at === null ? null : Math.round(now - at))
const within = (ms: number | null, limit: number) => ms !== null && ms <= limit

function lag({ lagsMs }: Vitals, share: number): number | null {
  const sorted = lagsMs.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}
