import 'server-only'
import { boundedMap } from '@/lib/domain/core/bounded-map'

/** A picture is drawn from its name alone, so it never changes. About 60 kB each. */
const drawn = boundedMap<string, Promise<ArrayBuffer>>(200)

/** Drawing takes a tenth of a second of this server, so one is drawn after the other and few may wait. */
const mostWaiting = 20
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** The picture with this name, drawn once; null while too many others are to be drawn. */
export function sharePicture(name: string, draw: () => Promise<ArrayBuffer>): Promise<ArrayBuffer> | null {
  const known = drawn.get(name)
  if (known !== undefined) return known
  if (waiting >= mostWaiting) return null
  waiting += 1
  const picture = last.then(draw).finally(() => {
    waiting -= 1
  })
  last = picture.catch(() => drawn.delete(name))
  drawn.set(name, picture)
  return picture
}
