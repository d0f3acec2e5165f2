import { notFound } from 'next/navigation'

export const instant = false

/** An address under the staff tools that leads nowhere is said there, and not in the shop. */
export default function ElsewhereRoute() {
  notFound()
}
