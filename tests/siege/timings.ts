/** The result of one request, as a shopper saw it. */
export interface Timing {
  step: string
  ms: number
  status: number
  /** The fault of the response; null when it was as expected. */
  wrong: string | null
}

export function quantile(timings: readonly Timing[], share: number): number {
  const sorted = timings.map(({ ms }) => ms).toSorted((one, other) => one - other)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
}

export interface Row {
  phase: string
  requests: number
  p50: number
  p95: number
  wrong: number
  remark: string
}

export const rowOf = (phase: string, timings: readonly Timing[], remark = ''): Row => ({
  phase,
  requests: timings.length,
  p50: quantile(timings, 0.5),
  p95: quantile(timings, 0.95),
  wrong: timings.filter(({ wrong }) => wrong !== null).length,
  remark,
})

/** Each kind of wrong answer once, with how often it came. */
export function wrongs(phase: string, timings: readonly Timing[]): string[] {
  const kinds = Map.groupBy(
    timings.filter(({ wrong }) => wrong !== null),
    ({ step, wrong }) => `${step}: ${wrong}`,
  )
  return [...kinds].map(([kind, same]) => `${phase}: ${same.length}x ${kind}`)
}

export function table(rows: readonly Row[], quietP95: number): string {
  const lines = rows.map(
    ({ phase, requests, p50, p95, wrong, remark }) =>
      `| ${phase} | ${requests} | ${p50} | ${p95} | ${(p95 / quietP95).toFixed(1)} | ${wrong} | ${remark} |`,
  )
  return [
    '| phase | shoppers’ requests | p50 ms | p95 ms | × quiet | wrong answers | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}
