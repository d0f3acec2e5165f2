/** Which frame a fault is asked about. */
export type FrameName = { topic: string; event: string }

export type FrameFate = { lose?: boolean; duplicate?: boolean; delayMs?: number }

type Lever = 'dropAllSockets' | 'loseSlot' | 'restart' | 'recheckTokens'

/**
 * Switches a test holds in its hand to make the server behave badly. They live in the process: nothing on the network
 * reaches them.
 */
export class Faults {
  /** The pace of the real server: polls 0–500 ms apart, refusals after 2 s and 5 s, new tokens after 1–3 s. */
  realTiming = false
  /** Sockets stay open and silent, not even a heartbeat is sent. Their messages are lost. */
  hanging = false
  /** Sockets and heartbeats are well, but changes and messages of the database wait until this is over. */
  stallsChanges = false
  /** Seconds by which every token ends early. */
  tokensEndEarlyByS = 0
  /** Decides for each frame whether it is lost, doubled or late. Frames with different delays overtake each other. */
  fate: ((frame: FrameName) => FrameFate) | undefined

  private readonly levers = new Map<Lever, (forMs: number) => Promise<void> | void>()

  /** Cuts every connection without a close frame. */
  async dropAllSockets(): Promise<void> {
    await this.levers.get('dropAllSockets')?.(0)
  }

  /** Ends the replication stream, so that what is committed until the next one is lost. */
  async loseSlot(forMs = 0): Promise<void> {
    await this.levers.get('loseSlot')?.(forMs)
  }

  /** Stops the server as a deployment would, and starts it again `forMs` later. */
  async restart(forMs = 0): Promise<void> {
    await this.levers.get('restart')?.(forMs)
  }

  /** Lets every token end that many seconds before its time, those in use too. */
  async expireTokensEarly(byS: number): Promise<void> {
    this.tokensEndEarlyByS = byS
    await this.levers.get('recheckTokens')?.(0)
  }

  /** Heals everything. */
  reset(): void {
    this.realTiming = false
    this.hanging = false
    this.stallsChanges = false
    this.tokensEndEarlyByS = 0
    this.fate = undefined
  }

  /** The server's side of a lever. */
  attach(lever: Lever, pull: (forMs: number) => Promise<void> | void): void {
    this.levers.set(lever, pull)
  }

  /** Passes a frame on as the faults will have it. */
  pass(frame: FrameName, send: () => void): void {
    if (this.hanging) return
    const { lose, duplicate, delayMs } = this.fate?.(frame) ?? {}
    if (lose) return
    for (let copies = duplicate ? 2 : 1; copies > 0; copies--) {
      if (delayMs) setTimeout(send, delayMs)
      else send()
    }
  }

  /** The pause before a refusal: none, unless the real server's timing is asked for. */
  async beforeRefusal(realMs: number): Promise<void> {
    if (this.realTiming) await new Promise((done) => setTimeout(done, realMs))
  }
}
