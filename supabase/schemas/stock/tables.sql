-- The stock kernel: an append-only ledger and what it adds up to.
--
--   stock_movements ──▶ stock_levels ──▶ availability ──▶ shelf
--   (every change)      (variant, place)  (variant)        (what a shopper may see)
--
-- Each arrow is a statement-level trigger in the transaction of its source. Invariants:
--   1. available = on_hand - held - committed - safety, and never below zero. Both are CHECKs.
--   2. Every unit has a movement: on_hand is the sum of its ledger.
--   3. A change of a variant's stock first locks its availability row, variants in ascending order
--      (private.lock_variants). One order for everybody: no deadlock, and sums read after the lock hold still.
--   4. private.inventory_drift() returns no row.
-- held and committed are the sums of claims (schemas/carts/tables.sql), kept the same way.
--
-- Where a statement joins the rows it was given with a table, scans of the table and hash and merge joins are off:
-- sessions keep their plans, and one made while the table was a page long would read all of it for ever after. And a
-- plan is kept whatever the length of an array: making one costs more than what it does.

create type public.movement_reason as enum
  ('receive', 'recount', 'damage', 'return', 'correction', 'transfer', 'import', 'sale');
comment on type public.movement_reason is
  'Why units moved. Staff choose receive, damage, return or correction; the others belong to their functions. A sale
   hands over units that were committed to an order: it lowers on_hand and committed alike, and never available.';

create type public.movement_source as enum ('adjustment', 'order', 'import', 'count', 'delivery', 'transfer');
comment on type public.movement_source is
  'The kind of document that caused a movement. An adjustment is direct staff work without a document: adjust, receive,
   recount, transfer and undo.';

create table public.stock_movements (
  id bigint generated always as identity primary key,
  variant_id uuid not null references public.variants (id),
  location_id uuid not null references public.locations (id),
  delta integer not null check (delta <> 0 and abs(delta) <= 1000000),
  reason public.movement_reason not null,
  document text check (length(document) between 1 and 120),
  note text check (length(note) between 1 and 1000),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  source_kind public.movement_source not null default 'adjustment',
  source_id uuid,
  constraint stock_movements_source_is_whole check ((source_id is null) = (source_kind = 'adjustment'))
);
comment on table public.stock_movements is
  'The ledger. Append-only for every role: a mistake is corrected by another line.';
comment on column public.stock_movements.id is
  'The ledger position. Ascending in commit order within a variant (invariant 3), not across variants.';
comment on column public.stock_movements.document is
  'A reference for people: a delivery note, or the name of the source. No code reads it; see source_kind.';
comment on column public.stock_movements.source_kind is 'The kind of document that caused the movement.';
comment on column public.stock_movements.source_id is
  'The order, import, count, delivery or transfer (both in deliveries); NULL for an adjustment. private.sources_drift()
   proves that it exists.';
create index stock_movements_by_level on public.stock_movements (variant_id, location_id, id);
create index stock_movements_by_location on public.stock_movements (location_id, id);
create index stock_movements_by_source on public.stock_movements (source_id, id) where source_id is not null;

create table public.stock_levels (
  variant_id uuid not null references public.variants (id),
  location_id uuid not null references public.locations (id),
  on_hand integer not null default 0 check (on_hand >= 0),
  held integer not null default 0 check (held >= 0),
  committed integer not null default 0 check (committed >= 0),
  safety integer not null default 0 check (safety >= 0),
  available integer not null default 0 check (available >= 0),
  ledger_position bigint not null default 0,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (variant_id, location_id),
  constraint stock_levels_add_up check (available = on_hand - held - committed - safety)
);
comment on table public.stock_levels is
  'Units per variant and location, in whole units. Maintained by triggers; no role writes it directly.';
comment on column public.stock_levels.available is
  'A plain column tied by a CHECK: Realtime''s logical replication does not carry generated columns.';
comment on column public.stock_levels.ledger_position is
  'The id of the last movement in on_hand: "I saw this number at this point of the ledger".';
create index stock_levels_by_location on public.stock_levels (location_id);

create table public.availability (
  variant_id uuid primary key references public.variants (id),
  on_hand integer not null default 0,
  held integer not null default 0,
  committed integer not null default 0,
  safety integer not null default 0,
  available integer not null default 0 check (available >= 0),
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  constraint availability_adds_up check (available = on_hand - held - committed - safety)
);
comment on table public.availability is
  'Exact sums per variant over all locations; also the row that whoever changes its stock locks first. Staff only.';

create type public.shelf_band as enum ('in', 'low', 'out', 'unlisted');
comment on type public.shelf_band is
  'The shelf states a shopper sees: in stock, low (with the number), sold out, unavailable.';

create table public.shelf (
  variant_id uuid primary key references public.variants (id),
  product_id uuid not null references public.products (id),
  band public.shelf_band not null,
  "left" integer check ("left" > 0),
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
comment on table public.shelf is
  'The public projection of availability. A row changes only when what is rendered changes, so a run on 500 units
   wakes nobody until the number shown moves, and exact stock is not in it.';
comment on column public.shelf."left" is
  'Units a shopper can still get; NULL unless the band is low or the product a limited edition.';
create index shelf_by_product on public.shelf (product_id);
-- For lists: whether a product can be bought.
create index shelf_buyable on public.shelf (product_id) where band in ('in', 'low');

create trigger stock_movements_stay before update or delete or truncate on public.stock_movements
  for each statement execute function private.stay_as_written();

-- Access -----------------------------------------------------------------------------------------------------

alter table public.stock_movements enable row level security;
alter table public.stock_levels enable row level security;
alter table public.availability enable row level security;
alter table public.shelf enable row level security;

-- Not even the secret key writes here: units move through the functions of the next file or not at all.
revoke all on public.stock_movements, public.stock_levels, public.availability, public.shelf
  from anon, authenticated, service_role;
grant select on public.shelf to anon, authenticated, service_role;
grant select on public.stock_movements, public.stock_levels, public.availability to authenticated, service_role;

-- Realtime checks this one for every subscribed shopper: no function, no join, nothing that can raise.
create policy "everyone reads the shelf" on public.shelf
  for select to anon, authenticated using (true);
create policy "staff read the ledger" on public.stock_movements
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read levels" on public.stock_levels
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read availability" on public.availability
  for select to authenticated using ((select private.staff_role()) is not null);
