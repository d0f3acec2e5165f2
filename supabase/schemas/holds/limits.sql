-- Limits of holds: how long one holder can hold a variant, and how many units one cart and one network can hold
-- together. A shopper with normal habits meets none of them. Refusals: hold_paused, hold_limit. Everything here runs
-- under the variant's lock, in what holds units (schemas/holds/reading.sql).

alter table public.claims add column network text default nullif(current_setting('onhand.network', true), '')
  check (network ~ '^[0-9a-f]{32}$');
comment on column public.claims.network is
  'The network of the guest whose cart took the units, copied in so that sums are cheap: private.hold_line names it in
   the setting onhand.network while it takes them. NULL: unknown, or an account.';
create index claims_of_a_network
  on public.claims (network, variant_id)
  where network is not null and expires_at is not null;
create index orders_of_a_network on public.orders (network, created_at) where network is not null and status = 'placed';

create unlogged table private.hold_streaks (
  holder text not null,
  variant_id uuid not null,
  network text,
  units integer not null,
  since timestamptz not null,
  until timestamptz not null,
  primary key (holder, variant_id)
);
comment on table private.hold_streaks is
  'Streaks of holds that a cart line no longer tells: of removed lines, and of guests who used up hold_cap. Unlogged:
   after a crash they begin again. Deleted by a rule of schemas/retention/tables.sql.';
create index hold_streaks_by_age on private.hold_streaks (until);
create index hold_streaks_of_a_network on private.hold_streaks (network, variant_id) where network is not null;
alter table private.hold_streaks enable row level security;
