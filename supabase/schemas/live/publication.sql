-- The streamed tables. A published table is never hard-deleted from: under row level security a DELETE reaches every
-- subscriber. Rows carry a version that only grows, so a message applied twice or late is harmless.
--
-- Shoppers follow the shelf, and hear of their own orders by Broadcast (schemas/orders/hints.sql); staff follow
-- levels, sums, the ledger, orders, counts, imports, sales, the products and settings they edit, and who they are.
-- An order's row moves its version with every change of its items, payment or timeline, a count's with every entry
-- and answer, so it is enough to follow the row. The picker of an order and their progress are for staff and have
-- separate rows.

alter publication supabase_realtime add table
  public.shelf, public.availability, public.stock_levels, public.stock_movements, public.orders, public.order_picking,
  public.order_picks, public.sales_by_variant, public.sales_by_minute, public.counts, public.deliveries,
  public.in_transit, public.discount_counts,
  public.products, public.variants, public.staff, public.alerts, public.imports, public.shop_settings, public.locations,
  public.categories, public.conversations, public.inbox_counts;

-- Presence of staff: sent over Broadcast in private channels `staff:…` and not stored. No rule depends on it, because
-- any staff member can send anything there.

create policy "staff hear each other" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and realtime.topic() like 'staff:%' and (select private.staff_role()) is not null);

create policy "staff speak to each other" on realtime.messages
  for insert to authenticated
  with check (extension = 'broadcast' and realtime.topic() like 'staff:%'
    and (select private.staff_role()) is not null);
