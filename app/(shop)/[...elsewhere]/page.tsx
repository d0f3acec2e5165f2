import { notFound } from 'next/navigation'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

/**
 * An address that no other route knows is said in the frame of the shop. A root `not-found` would do so, too, but Next
 * sends it, frame and all, as a part of every page: a quarter of its bytes.
 */
export default function ElsewhereRoute() {
  notFound()
}
