/** How long a public page is served as it is, in milliseconds. */
export const freshMs = 1_000

/**
 * How old a public page may be when a cache sends it, in milliseconds. Between a fresh page and this age a cache sends what
 * it has and renders the next one; an older page is rendered before it is sent.
 */
export const usableMs = 3_000

/**
 * The greatest age of a public page that arrives, with the second that an HTTP cache may add by rounding `Age`. It is less than
 * five seconds, the limit of docs/live.md for an unmarked number, so that a page has a second to confirm its stock.
 */
export const oldestMs = usableMs + 1_000

/** The same for every HTTP cache between the shop and a browser. */
export const publicCacheControl = `public, max-age=0, s-maxage=${freshMs / 1000}, stale-while-revalidate=${(usableMs - freshMs) / 1000}`
