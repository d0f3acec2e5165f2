/** Milliseconds on a clock that all processes of a machine share. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now()
}

/** When the last of so many viewers had seen each version of each row, or a newer one. */
export class Arrivals {
  private readonly seen = new Map<string, number[]>()
  private readonly counts = new Map<string, number>()
  private readonly last = new Map<string, number>()

  private readonly viewers: number

  constructor(viewers: number) {
    this.viewers = viewers
  }

  saw(viewer: number, row: string, version: number): void {
    const versions = this.seen.get(row) ?? []
    this.seen.set(row, versions)
    // The first version that a viewer sees is the one it came to.
    for (let each = (versions[viewer] ?? version - 1) + 1; each <= version; each += 1) {
      const key = `${row} ${each}`
      const count = (this.counts.get(key) ?? 0) + 1
      this.counts.set(key, count)
      if (count === this.viewers) this.last.set(key, sharedNow())
    }
    versions[viewer] = Math.max(version, versions[viewer] ?? 0)
  }

  /** By row and version: `ROW VERSION`. */
  lastAt(): [string, number][] {
    return [...this.last]
  }
}
