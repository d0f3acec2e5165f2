-- Picking: the units of a placed order move from the shelf into a box. Claims (schemas/holds/claims.sql) say which
-- units an order may have and where; these tables store the picker and the units already in the box. Invariants:
--   1. At most one staff member picks an order at a time, under a lease. A lease expires, so a lost connection blocks
--      an order for no longer than private.lease_time().
--   2. Of every claim at most its units are picked. A pick without a lease takes the lease first, or is refused.
--   3. Picked units stay on hand and committed until they are handed over: picking moves no stock.
-- All of it is written under the order's lock (private.lock_order), which is taken before any other.
-- Refusals: role_required, not_found, invalid_input, order_not_open, order_claimed, not_on_order, nothing_to_pick,
-- idempotency_key_reused.

create table public.order_picking (
  order_id uuid primary key references public.orders (id),
  picker uuid,
  leased_until timestamptz,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  constraint order_picking_is_leased_to_a_picker check ((picker is null) = (leased_until is null))
);
comment on table public.order_picking is
  'The picker of an order: one row per order that was ever begun. Never deleted.';
comment on column public.order_picking.picker is
  'The holder of the lease until leased_until; NULL after a release. A staff member, or the nil UUID for the shop
   itself.';
create index order_picking_by_picker on public.order_picking (picker, leased_until) where picker is not null;
create trigger order_picking_touch before update on public.order_picking
  for each row execute function private.touch();

create table public.order_picks (
  order_item_id bigint not null references public.order_items (id),
  location_id uuid not null references public.locations (id),
  order_id uuid not null references public.orders (id),
  picked integer not null check (picked >= 0),
  actor uuid not null,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (order_item_id, location_id)
);
comment on table public.order_picks is
  'Units taken off the shelf for an order, per line and location, handed over or not. Never deleted.';
comment on column public.order_picks.actor is 'The last picker.';
create index order_picks_by_order on public.order_picks (order_id);
create index order_picks_by_location on public.order_picks (location_id);
create trigger order_picks_touch before update on public.order_picks
  for each row execute function private.touch();

create table public.order_shorts (
  id bigint generated always as identity primary key,
  order_item_id bigint not null references public.order_items (id),
  location_id uuid not null references public.locations (id),
  missing integer not null check (missing > 0),
  cancelled integer not null check (cancelled between 0 and missing),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  told_at timestamptz,
  constraint order_shorts_are_told_when_cancelled check (told_at is null or cancelled > 0)
);
comment on table public.order_shorts is 'Units that were not found at their location while picking.';
comment on column public.order_shorts.cancelled is
  'How many of the missing no other location had, so that the order is short of them.';
comment on column public.order_shorts.told_at is 'When the customer was told; until then the order needs a decision.';
create index order_shorts_by_item on public.order_shorts (order_item_id);
create index order_shorts_by_location on public.order_shorts (location_id);
create index order_shorts_untold on public.order_shorts (order_item_id) where cancelled > 0 and told_at is null;

alter table public.order_picking enable row level security;
alter table public.order_picks enable row level security;
alter table public.order_shorts enable row level security;
revoke all on public.order_picking, public.order_picks, public.order_shorts from anon, authenticated, service_role;
grant select on public.order_picking, public.order_picks, public.order_shorts to authenticated, service_role;
create policy "staff see who is picking" on public.order_picking
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what is picked" on public.order_picks
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what was short" on public.order_shorts
  for select to authenticated using ((select private.staff_role()) is not null);
