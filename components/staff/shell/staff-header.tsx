import type { Route } from 'next'
import { SignOutButton } from '@/components/shop/account/sign-out-button'
import { FinderKeys } from '@/components/staff/finder/finder-keys'
import { tasksFor } from '@/components/staff/finder/tasks'
import { Link } from '@/components/ui/link'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { signOut } from '@/lib/actions/staff/session'
import { roleReaches, type StaffMember } from '@/lib/domain/people/staff'
import { LiveMark } from './live-mark'
import { NavLink } from './nav-link'
import { roleWords, staffHeaderWords } from './words'

/** The bar over every staff page. Renders a `<header>`; without a member only the way back to the shop. */
export function StaffHeader({ shopName, member }: { shopName: string; member: StaffMember | null }) {
  return (
    <header className="border-line border-b">
      <div className="page flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
        <Link href={member ? '/staff' : '/'} className="display text-title">
          {shopName}{' '}
          <Text as="span" tone="soft">
            {staffHeaderWords.staff}
          </Text>
        </Link>
        {member && (
          <>
            <nav
              aria-label={staffHeaderWords.staffTools}
              className="flex gap-x-5 gap-y-1 text-small max-desktop:order-last max-desktop:-mx-(--gutter) max-desktop:w-[calc(100%+2*var(--gutter))] max-desktop:scroll-px-(--gutter) max-desktop:overflow-x-auto max-desktop:px-(--gutter) max-desktop:-my-1 max-desktop:py-1.5 max-desktop:[scrollbar-width:none] desktop:flex-wrap"
            >
              <NavLink href="/staff/dashboard">{staffHeaderWords.dashboard}</NavLink>
              <NavLink href="/staff" over={['/staff/variants']}>
                {staffHeaderWords.inventory}
              </NavLink>
              <NavLink href="/staff/orders" over={['/staff/orders', '/staff/mail', '/staff/reports']}>
                {staffHeaderWords.orders}
              </NavLink>
              {roleReaches(member.role, 'stock') && (
                <NavLink href="/staff/counter">{staffHeaderWords.counter}</NavLink>
              )}
              <NavLink href="/staff/messages">{staffHeaderWords.messages}</NavLink>
              <NavLink href="/staff/customers">{staffHeaderWords.customers}</NavLink>
              <NavLink href="/staff/holds">{staffHeaderWords.holds}</NavLink>
              <NavLink href="/staff/products">{staffHeaderWords.products}</NavLink>
              <NavLink href="/staff/counts">{staffHeaderWords.counts}</NavLink>
              {roleReaches(member.role, 'stock') && (
                <NavLink href="/staff/receive">{staffHeaderWords.receive}</NavLink>
              )}
              {roleReaches(member.role, 'manager') ? (
                <NavLink href="/staff/import" over={['/staff/import', '/staff/export']}>
                  {staffHeaderWords.importIt}
                </NavLink>
              ) : (
                <NavLink href="/staff/export">{staffHeaderWords.exportIt}</NavLink>
              )}
              <NavLink href="/staff/people" over={['/staff/people', '/staff/audit']}>
                {staffHeaderWords.people}
              </NavLink>
              <NavLink href="/staff/settings">{staffHeaderWords.settings}</NavLink>
            </nav>
            <form
              action={signOut}
              className="ms-auto flex min-w-0 items-center gap-3 text-small max-desktop:flex-1 max-desktop:justify-end"
            >
              <FinderKeys tasks={tasksFor(member.role)} />
              <LiveMark />
              <span title={member.email} className="flex min-w-0">
                <VisuallyHidden>{staffHeaderWords.signedInAs} </VisuallyHidden>
                <TextLink href={`/staff/people/${member.userId}` as Route} className="truncate py-0.5">
                  {member.name}
                </TextLink>
                <span className="shrink-0 text-soft max-tablet:sr-only">, {roleWords[member.role]}</span>
              </span>
              <SignOutButton look="link" />
            </form>
          </>
        )}
        {!member && (
          <TextLink tone="link" size="small" end href="/">
            {staffHeaderWords.toTheShop}
          </TextLink>
        )}
      </div>
    </header>
  )
}
