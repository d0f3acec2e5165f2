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
comment on function private.lines_travel() is 'Outstanding units of a transfer are in transit to its location.';
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
  select 'in_transit', pair.variant_id, pair.location_id, jsonb_build_object('units', pair.outstanding),
    jsonb_build_object('units', pair.units)
  from (
    select variant_id, location_id, coalesce(lines.outstanding, 0) as outstanding,
      coalesce(travelling.units, 0) as units
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
  -- Conserved: units that left by the ledger and did not arrive are in transit, lost or damaged.
  select 'transfers', pair.variant_id, null, jsonb_build_object('on_the_way', pair.away),
    jsonb_build_object('on_the_way', pair.left_over)
  from (
    select variant_id, coalesce(ledger.units, 0) as away, coalesce(lines.units, 0) as left_over
    from (
      select movement.variant_id, -sum(movement.delta) as units
      from public.stock_movements as movement
      where movement.reason = 'transfer'
      group by 1
    ) as ledger
    full join (
      select line.variant_id, sum(line.outstanding + case when line.difference in ('lost', 'damaged') then line.missing
        else 0 end) as units
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
