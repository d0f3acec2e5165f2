-- Deliveries to a location: from a supplier, or from another location, which is a transfer. Both are expected, scanned
-- in, perhaps in parts, short or over; so both are one document (decision 0022).
--
-- A transfer's units leave one location when it is sent and reach the other when they are scanned there. Between the
-- two they are in transit, which is a separate quantity. Invariant, per variant:
--   units that left - units that arrived or went back = in transit + lost or damaged
-- An immediate transfer (public.transfer_stock) leaves and arrives in one statement and is never in transit.

create type public.delivery_status as enum ('expected', 'closed');
comment on type public.delivery_status is
  'expected: more may come. closed: what is missing will not come, and why is known.';

create type public.delivery_difference as enum ('not_sent', 'lost', 'damaged', 'extra', 'swapped');
comment on type public.delivery_difference is
  'Short: not_sent (of a transfer: still where it came from), lost or damaged on the way. Over: extra, or swapped for
   another.';

create table public.deliveries (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  from_location_id uuid references public.locations (id),
  supplier text check (length(trim(supplier)) between 1 and 120),
  to_location_id uuid not null references public.locations (id),
  document text check (length(trim(document)) between 1 and 120),
  expected_on date,
  status public.delivery_status not null default 'expected',
  actor uuid not null default private.actor(),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint deliveries_come_from_somewhere check (num_nonnulls(from_location_id, supplier) = 1),
  constraint deliveries_go_elsewhere check (from_location_id <> to_location_id)
);
comment on table public.deliveries is
  'One row per delivery or transfer. Its version moves with every line. Staff only; written by functions.';
comment on column public.deliveries.document is 'A reference: the supplier''s delivery note or our own.';
create index deliveries_to_come on public.deliveries (to_location_id, created_at) where status = 'expected';
create index deliveries_by_source on public.deliveries (from_location_id) where from_location_id is not null;
create index deliveries_by_target on public.deliveries (to_location_id);
create trigger deliveries_touch before update on public.deliveries
  for each row execute function private.touch();

create table public.delivery_lines (
  delivery_id uuid not null references public.deliveries (id),
  variant_id uuid not null references public.variants (id),
  expected integer not null check (expected between 0 and 1000000),
  received integer not null default 0 check (received >= 0),
  missing integer not null default 0 check (missing >= 0),
  difference public.delivery_difference,
  outstanding integer not null generated always as (greatest(0, expected - received) - missing) stored,
  primary key (delivery_id, variant_id),
  constraint delivery_lines_miss_only_what_did_not_come check (missing <= greatest(0, expected - received)),
  constraint delivery_lines_say_why_they_differ check ((received > expected or missing > 0) = (difference is not null))
);
comment on table public.delivery_lines is
  'Units announced, received and given up, per variant. Expected 0: it came without being announced.';
comment on column public.delivery_lines.outstanding is 'Units still to come. Of a transfer: units in transit.';
create index delivery_lines_by_variant on public.delivery_lines (variant_id);

create table public.delivery_events (
  id bigint generated always as identity primary key,
  delivery_id uuid not null references public.deliveries (id),
  kind text not null check (kind in ('announced', 'sent', 'received', 'closed')),
  detail jsonb not null,
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now()
);
comment on table public.delivery_events is
  'When a delivery was announced, sent, received or closed, by which actor, and the reason for a difference.
   Append-only.';
create index delivery_events_by_delivery on public.delivery_events (delivery_id, id);
create trigger delivery_events_stay before update or delete or truncate on public.delivery_events
  for each statement execute function private.stay_as_written();

create table public.in_transit (
  variant_id uuid not null references public.variants (id),
  location_id uuid not null references public.locations (id),
  units integer not null default 0 check (units >= 0),
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (variant_id, location_id)
);
comment on table public.in_transit is
  'Units between two locations: they left one and have not arrived. Maintained by triggers.';
create index in_transit_by_location on public.in_transit (location_id);

alter table public.deliveries enable row level security;
alter table public.delivery_lines enable row level security;
alter table public.delivery_events enable row level security;
alter table public.in_transit enable row level security;
revoke all on public.deliveries, public.delivery_lines, public.delivery_events, public.in_transit
  from anon, authenticated, service_role;
grant select on public.deliveries, public.delivery_lines, public.delivery_events, public.in_transit to authenticated,
  service_role;
create policy "staff read deliveries" on public.deliveries
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read delivery lines" on public.delivery_lines
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what became of deliveries" on public.delivery_events
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what is in transit" on public.in_transit
  for select to authenticated using ((select private.staff_role()) is not null);
