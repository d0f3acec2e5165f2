import type { Route } from 'next'
import { Link } from '@/components/ui/link'
import { signOut } from '@/lib/actions/session'
import { roleReaches, type StaffMember } from '@/lib/domain/staff'
import { LiveMark } from './live-mark'
import { NavLink } from './nav-link'
import { roleWords } from './words'

/** The bar over every staff page. Renders a `<header>`; without a member only the way back to the shop. */
export function StaffHeader({ member }: { member: StaffMember | null }) {
  return (
    <header className="border-line border-b">
      <div className="page flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
        <Link href={member ? '/staff' : '/'} className="display text-title">
          Fewings <span className="text-soft">staff</span>
        </Link>
        {member && (
          <>
            <nav
              aria-label="Staff tools"
              className="order-last flex w-full flex-wrap gap-x-5 gap-y-1 text-small tablet:order-none tablet:w-auto"
            >
              <NavLink href="/staff/dashboard">Dashboard</NavLink>
              <NavLink href="/staff">Inventory</NavLink>
              <NavLink href="/staff/orders">Orders</NavLink>
              <NavLink href="/staff/products">Products</NavLink>
              <NavLink href="/staff/counts">Counts</NavLink>
              {roleReaches(member.role, 'stock') && <NavLink href="/staff/receive">Receive</NavLink>}
              {roleReaches(member.role, 'manager') ? (
                <NavLink href="/staff/import">Import</NavLink>
              ) : (
                <NavLink href="/staff/export">Export</NavLink>
              )}
              <NavLink href="/staff/people">People</NavLink>
            </nav>
            <form action={signOut} className="ms-auto flex items-center gap-3 text-small">
              <LiveMark />
              <span title={member.email}>
                <span className="sr-only">Signed in as </span>
                <Link href={`/staff/people/${member.userId}` as Route} className="underlined">
                  {member.name}
                </Link>
                <span className="text-soft max-tablet:sr-only">, {roleWords[member.role]}</span>
              </span>
              <button type="submit" className="underlined cursor-pointer text-link">
                Sign out
              </button>
            </form>
          </>
        )}
        {!member && (
          <Link href="/" className="underlined ms-auto text-link text-small">
            To the shop
          </Link>
        )}
      </div>
    </header>
  )
}
