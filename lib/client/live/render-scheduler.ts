'use client'

/** A scheduled update: its key, and the function that renders it. */
export type Changes = ReadonlyMap<string, () => void>

/** Decides when what changed is shown, for everything a page follows. */
export interface RenderScheduler {
  /**
   * Changes that belong together; those of one commit come one by one, and wait for each other.
   *
   * @param commit null for what the database says without naming one: it belongs to what comes with it.
   */
  paint(changes: Changes, commit?: string | null): void
}

/** The changes of one transaction arrive message by message, back to back, on several channels. */
const togetherMs = 5

/** A broadcast that does not name its commit comes by another transport, and may be that much ahead. */
const aheadMs = 50

/** In a burst, a number is shown this often: four times a second. */
const beatMs = 250

/**
 * The first change of a number is shown at once. Those that follow wait for the next beat, and then only the latest
 * counts. The changes of one commit are never shown in parts: if one of its numbers has to wait, all of them do.
 */
export function createRenderScheduler(): RenderScheduler {
  const gathered = new Map<string, () => void>()
  const waiting = new Map<string, () => void>()
  /** Shown since the last beat. */
  const shown = new Set<string>()
  let commit: string | null = null
  let gathering: ReturnType<typeof setTimeout> | undefined
  let beating: ReturnType<typeof setTimeout> | undefined
  /** The beat waits for the rest of a commit. */
  let isLate = false

  function show(changes: Changes): void {
    for (const [name, change] of changes) {
      shown.add(name)
      change()
    }
    if (changes.size > 0 && beating === undefined) beating = setTimeout(beat, beatMs)
  }

  function beat(): void {
    // A pending update may belong to a commit of which only this part has arrived.
    isLate = gathered.size > 0
    if (isLate) return
    beating = undefined
    shown.clear()
    const due = new Map(waiting)
    waiting.clear()
    show(due)
  }

  function showOrWait(changes: Changes): void {
    const isBusy = [...changes.keys()].some((name) => shown.has(name) || waiting.has(name))
    if (isBusy) for (const [name, change] of changes) waiting.set(name, change)
    else show(changes)
  }

  function release(): void {
    clearTimeout(gathering)
    commit = null
    const together = new Map(gathered)
    gathered.clear()
    showOrWait(together)
    if (isLate) beat()
  }

  return {
    paint(changes, ofCommit) {
      const isOther = ofCommit !== null && commit !== null && ofCommit !== commit
      if (ofCommit === undefined || isOther) release()
      if (ofCommit === undefined) return showOrWait(changes)
      commit ??= ofCommit
      for (const [name, change] of changes) gathered.set(name, change)
      clearTimeout(gathering)
      gathering = setTimeout(release, commit === null ? aheadMs : togetherMs)
    },
  }
}
