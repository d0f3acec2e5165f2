import { readdirSync, readFileSync } from 'node:fs'

/** Processor time so far, user and system, in milliseconds. */
export interface ServerCpu {
  /** The Data API, which is in the process that `npm start` is. */
  api: number
  /** The shop's own server. */
  shop: number
  database: number
}

/** The CPU time of a stage's servers. Linux only. */
export function serverCpu(pid: number): ServerCpu {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf)
  const below = (parent: number): Stat[] =>
    all.filter((stat) => stat.parent === parent).flatMap((stat) => [stat, ...below(stat.pid)])
  const sum = (stats: Stat[]) => stats.reduce((total, { milliseconds }) => total + milliseconds, 0)
  return {
    api: sum(all.filter((stat) => stat.pid === pid)),
    shop: sum(below(pid).filter(({ name }) => name !== 'postgres' && name !== 'sh')),
    database: sum(below(pid).filter(({ name }) => name === 'postgres')),
  }
}

interface Stat {
  pid: number
  parent: number
  name: string
  milliseconds: number
}

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10

function statOf(pid: string): Stat[] {
  try {
    const [, name = '', rest = ''] =
      /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return [{ pid: Number(pid), parent: Number(fields[1]), name, milliseconds: ticks * TICK_MS }]
  } catch {
    return [] // it has just ended
  }
}
