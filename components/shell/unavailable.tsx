import { Apology } from '@/components/shell/apology'
import { TryAgainLink } from './try-again-link'
import { type UnavailablePart, unavailableWords } from './unavailable-words'

/** The page for data that cannot be had right now: what does not work, what it means, and a way to try again. */
export function Unavailable({ part }: { part: UnavailablePart }) {
  const { title, words } = unavailableWords[part]
  const page = (
    <Apology title={title} picture="/art/lantern-cobalt-brass-4.svg">
      <p>{words}</p>
      <TryAgainLink />
    </Apology>
  )
  // Staff pages bring their own <main>, shop pages have it in their frame.
  return part === 'staff' ? <main>{page}</main> : page
}
