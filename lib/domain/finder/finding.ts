import { z } from 'zod'

export const findingKinds = ['order', 'variant', 'product', 'customer', 'count', 'delivery'] as const

/** A row that a staff member may open. */
export const Finding = z.object({
  kind: z.enum(findingKinds),
  /** The key of its page; of a customer the e-mail. */
  id: z.string(),
  title: z.string(),
  detail: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** The page of what was found. */
export function findingAddress({ kind, id }: Finding): string {
  switch (kind) {
    case 'order':
      return `/staff/orders/${id}`
    case 'variant':
      return `/staff/variants/${id}`
    case 'product':
      return `/staff/products/${id}`
    case 'customer':
      return `/staff/orders?${new URLSearchParams({ q: id })}`
    case 'count':
      return `/staff/counts/${id}`
    case 'delivery':
      return `/staff/receive/${id}`
  }
}

/** A task that begins on a page. */
export interface Task {
  href: string
  name: string
}

/** The tasks whose name has a part that begins with each typed part; all of them while nothing is typed. */
export function matchingTasks(tasks: readonly Task[], typed: string): Task[] {
  const parts = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return tasks.filter(({ name }) => {
    const own = name.toLowerCase().split(/\s+/)
    return parts.every((part) => own.some((each) => each.startsWith(part)))
  })
}

/** Whether a text is long enough to look for. A number always is. */
export function isFindable(typed: string): boolean {
  return typed.length >= 2 || /^\d$/.test(typed)
}
