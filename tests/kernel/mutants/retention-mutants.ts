import type { Mutant } from './plant'

export const retentionMutants: Mutant[] = [
  {
    name: 'the maintenance job deletes keys that a retry still needs',
    file: 'retention/',
    from: `('idempotency_keys', '30 days', 'private.idempotency_keys', 'created_at', 'reduced')`,
    to: `('idempotency_keys', '1 day', 'private.idempotency_keys', 'created_at', 'true')`,
    seenIn: 'tests/database/people/retention.test',
  },
  {
    name: 'a deleted account leaves its hold behind',
    file: 'accounts/',
    from: `  delete from public.claims where claims.cart_id = v_cart;
  delete from public.carts where carts.id = v_cart;`,
    to: `  update public.claims set cart_id = null, order_item_id = (select max(item.id) from public.order_items as item)
  where claims.cart_id = v_cart;
  delete from public.carts where carts.id = v_cart;`,
    seenIn: 'tests/database/people/erasure.test',
  },
  {
    name: 'an erased order stays in the sums of its customer',
    file: 'accounts/',
    from: `  set orders = customer.orders - gone.orders, cancelled`,
    to: `  set orders = customer.orders, cancelled`,
    seenIn: 'tests/database/people/retention.test',
  },
  {
    name: 'a link erases the order of an account',
    file: 'accounts/',
    from: `  if not private.owns_order(v_order, order_token) or v_order.user_id is not null then`,
    to: `  if not private.owns_order(v_order, order_token) then`,
    seenIn: 'tests/database/people/erasure',
  },
  {
    name: 'any secret erases an order',
    file: 'accounts/',
    from: `  if not private.owns_order(v_order, order_token) or v_order.user_id is not null then`,
    to: `  if v_order.user_id is not null then`,
    seenIn: 'tests/database/people/erasure',
  },
]
