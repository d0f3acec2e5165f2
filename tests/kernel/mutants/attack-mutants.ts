import type { Mutant } from './plant'

// What strangers tried and what they were let: weaknesses of the kinds in docs/decisions/0028, beside those of the promise, of the
// limits and of the surface.

const STOCK = '20261123000500_stock_functions.sql'
const CARTS = '20261123000510_carts.sql'
const HOLDS = '20261123000550_hold_functions.sql'
const CHECKOUT = '20261123000560_checkout.sql'
const TOGETHER = '20261123000565_holds_together.sql'
const INVARIANTS = '20261123000585_invariants.sql'
const IMPORTS = '20261123000750_import_functions.sql'
const DASHBOARD = '20261123000880_dashboard.sql'
const PEOPLE = '20261123000890_people.sql'

export const attackMutants: Mutant[] = [
  {
    name: 'strangers place orders by themselves',
    file: CHECKOUT,
    from: `  private.place_order(jsonb), private.place_orders(jsonb)
to service_role;`,
    to: `  private.place_order(jsonb), private.place_orders(jsonb)
to anon, service_role;`,
    seenIn: 'tests/attacks/surface',
  },
  {
    name: 'a secret may be any JSON that prints as text',
    file: CHECKOUT,
    from: `  if jsonb_typeof(value) = 'string' and length(value #>> '{}') between 32 and 200 then`,
    to: `  if length(value #>> '{}') between 32 and 200 then`,
    seenIn: 'tests/database/order-input',
  },
  {
    name: 'a cart is filled twice in one call',
    file: TOGETHER,
    from: `(select count(distinct asked.token_hash) from`,
    to: `(select count(distinct asked.key) from`,
    seenIn: 'tests/database/holds-together.test',
  },
  {
    name: 'a provider that is switched off takes orders',
    file: CHECKOUT,
    from: `coalesce(kind.enabled, false)`,
    to: `kind.provider is not null`,
    seenIn: 'tests/attacks/order-rules',
  },
  {
    name: 'the limit per person counts whoever wrote the address',
    file: HOLDS,
    from: `    where orders.user_id = units_bought.user_id
`,
    to: `    where orders.email = (select users.email from auth.users where users.id = units_bought.user_id)
`,
    seenIn: 'tests/attacks/email-oracle',
  },
  {
    name: 'unpaid orders keep their units for ever',
    file: CHECKOUT,
    from: ` when not v_is_confirmed then v_unpaid_until end,`,
    to: ` end,`,
    seenIn: 'tests/attacks/hoarding',
  },
  {
    name: 'what a statement touched is not checked at commit',
    file: INVARIANTS,
    from: `  deferrable initially deferred
  for each row execute function private.check_touched();`,
    to: `  deferrable initially deferred
  for each row when (false) execute function private.check_touched();`,
    seenIn: 'tests/database/invariants',
  },
  {
    name: 'a cart of a deleted account is an error of the server',
    file: CARTS,
    from: `    exception when foreign_key_violation then`,
    to: `    exception when division_by_zero then`,
    seenIn: 'tests/database/refused-by-name',
  },
  {
    name: 'an import keeps problems that no page can show',
    file: IMPORTS,
    from: `    v_problems := private.import_problems_in(coalesce(problems, '[]'));`,
    to: `    v_problems := coalesce(problems, '[]');`,
    seenIn: 'tests/database/refused-by-name',
  },
  {
    name: 'a long note is an error of the server',
    file: STOCK,
    from: `  if length(document) not between 1 and 120 or length(note) not between 1 and 1000 then`,
    to: `  if false then`,
    seenIn: 'tests/database/refused-by-name',
  },
  {
    name: 'a secret that is in use is an error of the server',
    file: PEOPLE,
    from: `      where other.secret_hash = v_hash and other.id <> renew_invitation.invitation_id`,
    to: `      where false`,
    seenIn: 'tests/database/refused-by-name',
  },
  {
    name: 'a dashboard reckons with moments that never come',
    file: DASHBOARD,
    from: `    or not '2000-01-01' < all (edges || at) or not '2200-01-01' > all (edges || at)
`,
    to: ``,
    seenIn: 'tests/database/refused-by-name',
  },
]
