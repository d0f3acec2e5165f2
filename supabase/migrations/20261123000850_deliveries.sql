-- What is on its way to a location: from a supplier, or from another location of ours, which is a transfer. Both are
-- expected, scanned in, perhaps in parts, perhaps too few or too many; so both are one document (decision 0022).
--
-- A transfer's units leave one location when it is sent and reach the other when they are scanned there. Between the
-- two they are in transit, a number of its own. What must always be true, per variant:
--   units that left - units that arrived or went back = in transit + lost or damaged on the way
-- A transfer that is carried over at once (public.transfer_stock) leaves and arrives in one statement: never in transit.

create type public.delivery_status as enum ('expected', 'closed');
comment on type public.delivery_status is 'expected: more may come. closed: what is missing will not come, and why is known.';

create type public.delivery_difference as enum ('not_sent', 'lost', 'damaged', 'extra', 'swapped');
comment on type public.delivery_difference is
  'Short: not_sent (of a transfer: still where it came from), lost or damaged on the way. Over: extra, or swapped for another.';

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
comment on table public.deliveries is 'One row per delivery or transfer. Its version moves with every line. Staff only; written by functions.';
comment on column public.deliveries.document is 'The supplier''s delivery note or our own paper, when there is one.';
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
comment on table public.delivery_lines is 'Units announced, received and given up, per variant. Expected 0: it came without being announced.';
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
comment on table public.delivery_events is 'Who announced, sent, received or closed what, and why it differed. Append-only.';
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
comment on table public.in_transit is 'Units of our own on their way to a location: left another, have not arrived. Maintained by triggers.';
create index in_transit_by_location on public.in_transit (location_id);

create function private.lines_travel()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.in_transit (variant_id, location_id)
  select changed.variant_id, delivery.to_location_id
  from changed
  join public.deliveries as delivery on delivery.id = changed.delivery_id and delivery.from_location_id is not null
  order by 1, 2
  on conflict do nothing;
  update public.in_transit as travelling
  set units = travelling.units + sums.units,
    version = travelling.version + 1,
    updated_at = now()
  from (
    select each.variant_id, delivery.to_location_id, sum(each.units)::integer as units
    from (
      select changed.delivery_id, changed.variant_id, changed.outstanding as units from changed
      union all
      select before.delivery_id, before.variant_id, -before.outstanding from before
    ) as each
    join public.deliveries as delivery on delivery.id = each.delivery_id and delivery.from_location_id is not null
    group by each.variant_id, delivery.to_location_id
  ) as sums
  where travelling.variant_id = sums.variant_id
    and travelling.location_id = sums.to_location_id
    and sums.units <> 0;
  return null;
end;
$$;
comment on function private.lines_travel() is 'What is outstanding of a transfer is in transit to its location.';
create trigger delivery_lines_travel after update on public.delivery_lines
  referencing old table as before new table as changed
  for each statement execute function private.lines_travel();

create function private.lines_depart()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.in_transit as travelling (variant_id, location_id, units)
  select added.variant_id, delivery.to_location_id, sum(added.outstanding)
  from added
  join public.deliveries as delivery on delivery.id = added.delivery_id and delivery.from_location_id is not null
  group by 1, 2
  order by 1, 2
  on conflict (variant_id, location_id) do update
  set units = travelling.units + excluded.units, version = travelling.version + 1, updated_at = now();
  return null;
end;
$$;
comment on function private.lines_depart() is 'A transfer that is sent is in transit from that moment.';
create trigger delivery_lines_depart after insert on public.delivery_lines
  referencing new table as added
  for each statement execute function private.lines_depart();

create function private.transit_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'in_transit', pair.variant_id, pair.location_id, jsonb_build_object('units', pair.outstanding), jsonb_build_object('units', pair.units)
  from (
    select variant_id, location_id, coalesce(lines.outstanding, 0) as outstanding, coalesce(travelling.units, 0) as units
    from (
      select line.variant_id, delivery.to_location_id as location_id, sum(line.outstanding) as outstanding
      from public.delivery_lines as line
      join public.deliveries as delivery on delivery.id = line.delivery_id and delivery.from_location_id is not null
      group by 1, 2
    ) as lines
    full join public.in_transit as travelling using (variant_id, location_id)
  ) as pair
  where pair.outstanding <> pair.units

  union all
  -- Conserved: what the ledger says left and did not arrive is on its way, or known to be gone.
  select 'transfers', pair.variant_id, null, jsonb_build_object('on_the_way', pair.away), jsonb_build_object('on_the_way', pair.left_over)
  from (
    select variant_id, coalesce(ledger.units, 0) as away, coalesce(lines.units, 0) as left_over
    from (
      select movement.variant_id, -sum(movement.delta) as units
      from public.stock_movements as movement
      where movement.reason = 'transfer'
      group by 1
    ) as ledger
    full join (
      select line.variant_id, sum(line.outstanding + case when line.difference in ('lost', 'damaged') then line.missing else 0 end) as units
      from public.delivery_lines as line
      join public.deliveries as delivery on delivery.id = line.delivery_id and delivery.from_location_id is not null
      group by 1
    ) as lines using (variant_id)
  ) as pair
  where pair.away <> pair.left_over
$$;
comment on function private.transit_drift() is
  'Where units in transit differ from what is outstanding, or from what the ledger says left and did not arrive. Part of
   public.verify_inventory.';

alter table public.deliveries enable row level security;
alter table public.delivery_lines enable row level security;
alter table public.delivery_events enable row level security;
alter table public.in_transit enable row level security;
revoke all on public.deliveries, public.delivery_lines, public.delivery_events, public.in_transit from anon, authenticated, service_role;
grant select on public.deliveries, public.delivery_lines, public.delivery_events, public.in_transit to authenticated, service_role;
create policy "staff read deliveries" on public.deliveries
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read delivery lines" on public.delivery_lines
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what became of deliveries" on public.delivery_events
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what is in transit" on public.in_transit
  for select to authenticated using ((select private.staff_role()) is not null);
