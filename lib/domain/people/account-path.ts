/**
 * The page to sign in or up at, on the way to `next` (see localPath). On the way to an order it lies below the order's own
 * path (next.config.ts): what follows an action is rendered with the cookies of the page it was posted from, and the
 * secret of a guest's order goes to that order's pages alone.
 */
export function accountPath(page: 'sign-in' | 'sign-up', next: string): string {
  return /^\/orders\/[\da-f-]{36}$/.test(next)
    ? `${next}/${page}`
    : `/account/${page}?next=${encodeURIComponent(next)}`
}
