import type { Mutant } from './plant'

// Missing checks of the caller.

export const surfaceMutants: Mutant[] = [
  {
    name: 'anybody speaks of the stock',
    file: 'stock/',
    from: `create policy "everyone hears of the shelf" on realtime.messages
  for select to anon, authenticated`,
    to: `create policy "everyone speaks of the shelf" on realtime.messages
  for insert to anon, authenticated with check (true);
create policy "everyone hears of the shelf" on realtime.messages
  for select to anon, authenticated`,
    seenIn: 'tests/database/stock/broadcast',
  },
  {
    name: 'guests hold units without the server',
    file: 'holds/',
    from: `  private.release_hold(uuid, uuid, text, integer), private.extend_hold(text, text)
to authenticated, service_role;`,
    to: `  private.release_hold(uuid, uuid, text, integer), private.extend_hold(text, text)
to anon, authenticated, service_role;`,
    seenIn: 'tests/database/access/surface',
  },
  {
    name: 'with the secret key any token reads any order',
    file: 'orders/',
    from: `private.owns_order(v_order, order_token) or private.acts_as_shop(order_token)`,
    to: `private.owns_order(v_order, order_token) or private.is_trusted()`,
    seenIn: 'tests/database/access/order-access',
  },
  {
    name: 'with the secret key any token cancels any order',
    file: 'orders/',
    from: `v_is_manager boolean := private.acts_as_shop(order_token)`,
    to: `v_is_manager boolean := private.is_trusted()`,
    seenIn: 'tests/database/access/order-access',
  },
  {
    name: 'anybody signed in nests the catalogue',
    file: 'catalog/',
    from: `create policy "staff read variants" on public.variants
  for select to authenticated using ((select private.staff_role()) is not null);`,
    to: `create policy "staff read variants" on public.variants
  for select to authenticated using (true);`,
    seenIn: 'tests/database/access/surface',
  },
  {
    name: 'a former staff member keeps their role',
    file: 'staff/',
    from: `  where staff.user_id = (select auth.uid())
    and staff.active`,
    to: `  where staff.user_id = (select auth.uid())`,
    seenIn: 'tests/database/access/access',
  },
  {
    name: 'money is taken at every counter',
    file: 'payments/',
    from: `  perform private.require_role_for_order('stock', order_id);`,
    to: `  perform private.require_role('stock');`,
    seenIn: 'tests/database/access/own-locations',
  },
  {
    name: 'shorts are settled without a role',
    file: 'picking/',
    from: `  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'settle_shorts'`,
    to: `  v_response := private.begin_once(idempotency_key, 'settle_shorts'`,
    seenIn: 'tests/database/access/surface',
  },
  {
    name: 'unsent units return to a shelf of another location',
    file: 'deliveries/',
    from: `      perform private.require_role_at('stock', v_delivery.from_location_id);
`,
    to: '',
    seenIn: 'tests/database/access/own-locations',
  },
  {
    name: 'a refusal counts all there is',
    file: 'holds/',
    from: `when products.limited or line."left" - coalesce(line.held, 0) <= shop_settings.low_stock_at then`,
    to: `when true then`,
    seenIn: 'tests/database/holds/holds',
  },
]
