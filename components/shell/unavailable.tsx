import { Apology } from '@/components/shell/apology'
import type { UnavailableWords } from './catalogue-unavailable'
import { TryAgainLink } from './try-again-link'

/** The page for data that cannot be had right now: what does not work, what it means, and a way to try again. */
export function Unavailable({ title, words, isStaff }: UnavailableWords & { isStaff?: boolean }) {
  const page = (
    <Apology title={title} picture="/art/lantern-cobalt-brass-4.svg">
      <p>{words}</p>
      <TryAgainLink />
    </Apology>
  )
  // Staff pages bring their own <main>, shop pages have it in their frame.
  return isStaff ? <main>{page}</main> : page
}
