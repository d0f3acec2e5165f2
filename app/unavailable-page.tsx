import type { ReactNode } from 'react'
import { Unavailable } from '@/components/shell/unavailable'
import { type UnavailablePart, unavailableWords } from '@/components/shell/unavailable-words'
import { isUnavailable } from '@/lib/domain/core/unavailable'
import { markUnavailable } from '@/lib/server/resilience/page-status'

/**
 * A page, or layout, that is sent with 503 and plain words when its data cannot be had, instead of an error page that
 * needs JavaScript. Only for what the component awaits itself. Other errors stay errors.
 */
export function orUnavailable<Props>(
  part: UnavailablePart,
  Page: (props: Props) => Promise<ReactNode>,
): (props: Props) => Promise<ReactNode> {
  return async (props) => {
    try {
      return await Page(props)
    } catch (cause) {
      if (!isUnavailable(cause)) throw cause
      await markUnavailable()
      process.emitWarning(`The ${part} is unavailable: ${String(cause)}`)
      return <Unavailable {...unavailableWords[part]} isStaff={part === 'staff'} />
    }
  }
}

/** For the metadata of a page that says itself that it is unavailable. */
export function noneIfUnavailable(cause: unknown): null {
  if (isUnavailable(cause)) return null
  throw cause
}
