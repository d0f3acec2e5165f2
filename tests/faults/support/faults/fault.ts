import type { Scene } from '@/tests/faults/support/scene'

/** Something that goes wrong around a page. One record is one row of the matrix, for whichever page. */
export interface Fault {
  readonly name: string
  /** How long it lasts, in milliseconds, from when it has begun until its end begins. */
  readonly lastsMs: number
  /** Whether only time tells the page of it: never shortened then. */
  readonly isSilent?: boolean
  readonly page?: 'shop' | 'staff'
  /** Also in short runs it happens to a page that follows the stock by Broadcast; in full runs each one does. */
  readonly inBothWays?: boolean
  /** The page is opened by the end of the fault; without it, before. */
  readonly opensLate?: boolean
  /** One unit each so many milliseconds while it lasts; 0 for one at its beginning and none after. */
  readonly sellsEveryMs?: number
  begin(scene: Scene): unknown
  end(scene: Scene): unknown
}

export const over = () => undefined
