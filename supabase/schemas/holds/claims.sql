-- Claims: units held or committed. One table for both kinds, because one becomes the other:
--
--   a claim with an expiry is a hold         (of a cart, or of an order that waits for its payment)
--   a claim without one is a commitment      (of a placed order, until it is handed over)
--
-- A hold becomes a commitment by losing its expiry, in one update: held falls and committed rises in the same
-- statement, so there is no moment in which the units belong to nobody, and nothing to check again. Invariants:
--   1. levels.held is the sum of claims with expiry, levels.committed the sum of those without, less what was handed
--      over.
--   2. A claim is made, changed or ended only under its variant's lock (private.lock_variants).
--   3. An expired hold never blocks a sale: whoever needs units calls private.release_expired first.

create table public.claims (
  id bigint generated always as identity primary key,
  variant_id uuid not null,
  location_id uuid not null,
  cart_id uuid references public.carts (id),
  order_item_id bigint,
  quantity integer not null check (quantity > 0),
  fulfilled integer not null default 0,
  expires_at timestamptz,
  foreign key (variant_id, location_id) references public.stock_levels (variant_id, location_id),
  constraint claims_have_one_owner check (num_nonnulls(cart_id, order_item_id) = 1),
  constraint claims_of_carts_expire check (cart_id is null or expires_at is not null),
  constraint claims_hand_over_only_what_is_committed check (
    fulfilled between 0 and quantity and (fulfilled = 0 or expires_at is null)
  )
);
comment on table public.claims is
  'Units held for a cart or committed to an order, per location. Whole units. Written by functions only.';
comment on column public.claims.fulfilled is 'Units of it already handed over (each has a movement of reason sale).';
comment on column public.claims.expires_at is 'When the hold ends; NULL: committed.';
-- The location first: so that "what ran out of this variant" has one index to choose, however old the statistics are.
create index claims_by_level on public.claims (location_id, variant_id);
create unique index claims_of_a_cart on public.claims (cart_id, variant_id, location_id) where cart_id is not null;
create unique index claims_of_an_item on public.claims (order_item_id, location_id) where order_item_id is not null;
create index claims_by_expiry on public.claims (variant_id, expires_at) where expires_at is not null;

alter table public.claims enable row level security;
revoke all on public.claims from anon, authenticated, service_role;
grant select on public.claims to authenticated, service_role;
create policy "staff see what is spoken for" on public.claims
  for select to authenticated using ((select private.staff_role()) is not null);
