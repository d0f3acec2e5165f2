import type { Mutant } from './plant'

// Weaknesses of the kinds in docs/decisions/0028: calls that outsiders may not make, beside those of the promise, of
// the limits and of the surface.

export const attackMutants: Mutant[] = [
  {
    name: 'guests place orders without the server',
    file: 'orders/',
    from: `  private.place_order(jsonb), private.place_orders(jsonb)
to service_role;`,
    to: `  private.place_order(jsonb), private.place_orders(jsonb)
to anon, service_role;`,
    seenIn: 'tests/attacks/surface',
  },
  {
    name: 'a secret may be any JSON that prints as text',
    file: 'orders/',
    from: `  if jsonb_typeof(value) = 'string' and length(value #>> '{}') between 32 and 200 then`,
    to: `  if length(value #>> '{}') between 32 and 200 then`,
    seenIn: 'tests/database/orders/order-input',
  },
  {
    name: 'a cart is filled twice in one call',
    file: 'holds/',
    from: `(select count(distinct asked.token_hash) from`,
    to: `(select count(distinct asked.key) from`,
    seenIn: 'tests/database/holds/holds-together.test',
  },
  {
    name: 'a provider that is switched off takes orders',
    file: 'orders/',
    from: `coalesce(kind.enabled, false)`,
    to: `kind.provider is not null`,
    seenIn: 'tests/attacks/order-rules',
  },
  {
    name: 'the limit per person counts whoever wrote the address',
    file: 'holds/',
    from: `    where orders.user_id = units_bought.user_id
`,
    to: `    where orders.email = (select users.email from auth.users where users.id = units_bought.user_id)
`,
    seenIn: 'tests/attacks/email-oracle',
  },
  {
    name: 'unpaid orders keep their units for ever',
    file: 'orders/',
    from: `        when not v_is_confirmed then v_unpaid_until\n`,
    to: '',
    seenIn: 'tests/attacks/hoarding',
  },
  {
    name: 'everybody names the network they come from',
    file: 'callers/',
    from: `  return case when network ~ '^[0-9a-f]{32}$' and private.is_trusted() then network end;`,
    to: `  return case when network ~ '^[0-9a-f]{32}$' then network end;`,
    seenIn: 'tests/database/holds/rates',
  },
  {
    name: 'rows that a statement changed are not checked at commit',
    file: 'invariants/',
    from: `  deferrable initially deferred
  for each row execute function private.check_touched();`,
    to: `  deferrable initially deferred
  for each row when (false) execute function private.check_touched();`,
    seenIn: 'tests/database/orders/invariants',
  },
  {
    name: 'a cart of a deleted account is an error of the server',
    file: 'carts/',
    from: `    exception when foreign_key_violation then`,
    to: `    exception when division_by_zero then`,
    seenIn: 'tests/database/access/refused-by-name',
  },
  {
    name: 'an import keeps problems that no page can show',
    file: 'imports/',
    from: `    v_problems := private.import_problems_in(coalesce(problems, '[]'));`,
    to: `    v_problems := coalesce(problems, '[]');`,
    seenIn: 'tests/database/access/refused-by-name',
  },
  {
    name: 'a long note is an error of the server',
    file: 'stock/',
    from: `  if length(document) not between 1 and 120 or length(note) not between 1 and 1000 then`,
    to: `  if false then`,
    seenIn: 'tests/database/access/refused-by-name',
  },
  {
    name: 'a secret that is in use is an error of the server',
    file: 'staff/',
    from: `      where other.secret_hash = v_hash and other.id <> renew_invitation.invitation_id`,
    to: `      where false`,
    seenIn: 'tests/database/access/refused-by-name',
  },
  {
    name: 'a dashboard reckons with moments that never come',
    file: 'dashboard/',
    from: `    or not '2000-01-01' < all (edges || at) or not '2200-01-01' > all (edges || at)
`,
    to: ``,
    seenIn: 'tests/database/access/refused-by-name',
  },
]
