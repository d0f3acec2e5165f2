import { skipLinkWords } from './words'

/** The first stop of Tab: a link past the header to the element with the id "content". Renders an `<a>`. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="absolute top-2 left-2 z-50 -translate-y-20 bg-action px-4 py-2 text-on-action focus:translate-y-0"
    >
      {skipLinkWords.skipToTheContent}
    </a>
  )
}
