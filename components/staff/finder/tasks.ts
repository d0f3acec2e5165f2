import type { Task } from '@/lib/domain/finder/finding'
import { roleReaches, type StaffRole } from '@/lib/domain/people/staff'
import { taskWords } from './words'

const tasks: readonly (Task & { least: StaffRole })[] = [
  { href: '/staff/orders', name: taskWords.orders, least: 'viewer' },
  { href: '/staff/receive', name: taskWords.receive, least: 'stock' },
  { href: '/staff/counts', name: taskWords.count, least: 'stock' },
  { href: '/staff', name: taskWords.adjust, least: 'stock' },
  { href: '/staff/products/new', name: taskWords.newProduct, least: 'manager' },
  { href: '/staff/settings', name: taskWords.settings, least: 'manager' },
]

/** The tasks that a role may start from the finder. */
export function tasksFor(role: StaffRole): Task[] {
  return tasks.filter(({ least }) => roleReaches(role, least)).map(({ href, name }) => ({ href, name }))
}
