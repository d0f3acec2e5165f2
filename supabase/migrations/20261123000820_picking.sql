-- Picking: how the units of a placed order get from the shelf into a box. Claims (000520) say which units an order may
-- have and where; this says who is fetching them and how many lie in the box already. What must be true:
--   1. At most one colleague has an order at a time. Having it is a lease: it ends by itself, so nobody who walks off or
--      loses the network keeps an order from the others for longer than private.lease_time().
--   2. Of every claim at most its units are picked. Whoever picks without a lease takes it first, or is refused.
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
  constraint order_picking_is_leased_to_somebody check ((picker is null) = (leased_until is null))
);
comment on table public.order_picking is 'Who is picking an order: one row per order that somebody began. Never deleted.';
comment on column public.order_picking.picker is
  'Who has it, or had it until leased_until; NULL when it was given back. A colleague, or the nil UUID for the shop itself.';
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
comment on table public.order_picks is 'Units taken off the shelf for an order, per line and location, handed over or not. Never deleted.';
comment on column public.order_picks.actor is 'Who picked last.';
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
comment on table public.order_shorts is 'What was not where the books said. Units.';
comment on column public.order_shorts.cancelled is 'How many of the missing no other location had, so that the order is short of them.';
comment on column public.order_shorts.told_at is 'When a colleague had spoken to the customer about it; until then the order is in trouble.';
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

create function private.units_to_pick(order_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(sum(claims.quantity - greatest(claims.fulfilled, coalesce(pick.picked, 0))), 0)::integer
    from public.order_items as item
    join public.claims on claims.order_item_id = item.id and claims.expires_at is null
    left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
    where item.order_id = units_to_pick.order_id
  );
end;
$$;
comment on function private.units_to_pick(uuid) is
  'Units of a placed order that still lie on a shelf. What was handed over counts as picked.';

create function private.picking_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'order_picks', item.variant_id, pick.location_id,
    jsonb_build_object('order_item_id', item.id, 'at_most', coalesce(claims.quantity, 0)),
    jsonb_build_object('order_item_id', item.id, 'picked', pick.picked)
  from public.order_picks as pick
  join public.order_items as item on item.id = pick.order_item_id
  left join public.claims on claims.order_item_id = item.id and claims.location_id = pick.location_id
  where pick.picked > coalesce(claims.quantity, 0) or pick.order_id <> item.order_id
$$;
comment on function private.picking_drift() is 'Where more is picked than an order has units at that location.';

-- The lease ---------------------------------------------------------------------------------------------------

create function private.lease_time()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '30 seconds'
$$;
comment on function private.lease_time() is 'How long an order stays with whoever took it and was not heard of again.';

create function private.open_picks(order_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into public.order_picks (order_item_id, location_id, order_id, picked, actor)
  select item.id, claims.location_id, item.order_id, claims.fulfilled, private.actor()
  from public.order_items as item
  join public.claims on claims.order_item_id = item.id and claims.expires_at is null
  where item.order_id = open_picks.order_id
  on conflict do nothing
$$;
comment on function private.open_picks(uuid) is
  'A row for every line of a pick list, so that whoever follows them is sent the first unit as any other.';

create function private.try_lease(order_id uuid)
returns public.order_picking
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_before uuid;
  v_lease public.order_picking;
begin
  select picking.picker into v_before from public.order_picking as picking where picking.order_id = try_lease.order_id;
  insert into public.order_picking as picking (order_id, picker, leased_until)
  values (try_lease.order_id, private.actor(), v_now + private.lease_time())
  on conflict on constraint order_picking_pkey do update
  set picker = excluded.picker, leased_until = excluded.leased_until
  where picking.picker is null or picking.picker = excluded.picker or picking.leased_until <= v_now
  returning * into v_lease;
  if found and v_before is distinct from v_lease.picker then
    insert into public.order_events (order_id, kind) values (try_lease.order_id, 'claimed');
    perform private.open_picks(try_lease.order_id);
  end if;
  return v_lease;
end;
$$;
comment on function private.try_lease(uuid) is
  'Gives the order to the caller for another lease_time, if it is nobody else''s; otherwise NULLs. The caller holds the
   order''s lock.';

create function private.take_lease(order_id uuid)
returns public.order_picking
language plpgsql
set search_path = ''
as $$
declare
  v_lease public.order_picking := private.try_lease(order_id);
begin
  if v_lease.picker is null then
    perform private.refuse(409, 'order_claimed', (
      select jsonb_build_object('order_id', picking.order_id, 'picker', coalesce(staff.name, ''), 'leased_until', picking.leased_until)
      from public.order_picking as picking
      left join public.staff on staff.user_id = picking.picker
      where picking.order_id = take_lease.order_id
    ), 'Take another order, or wait until the lease ends.');
  end if;
  return v_lease;
end;
$$;
comment on function private.take_lease(uuid) is 'As private.try_lease; raises order_claimed (409) with whose it is and until when.';

create function private.claim_order(order_id uuid, idempotency_key uuid)
returns public.order_picking
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'claim_order', jsonb_build_array(order_id));
  if v_response is null then
    v_order := private.lock_order(order_id);
    if v_order.status <> 'placed' then
      perform private.refuse_state(v_order, 'Only a placed order is picked.');
    end if;
    v_response := to_jsonb(private.take_lease(order_id));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.order_picking, v_response);
end;
$$;
comment on function private.claim_order(uuid, uuid) is 'See public.claim_order.';

create function public.claim_order(order_id uuid, idempotency_key uuid)
returns public.order_picking
language sql
set search_path = ''
as $$
  select * from private.claim_order(order_id, idempotency_key)
$$;
comment on function public.claim_order(uuid, uuid) is
  'Takes an order to pick it; staff of role stock. It is the caller''s for 30 seconds, and longer with every renew_claim
   and every pick. Returns the lease. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409), order_claimed
   (409, with whose it is and until when), idempotency_key_reused (409).';

create function private.claim_next_order(idempotency_key uuid, location_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_now timestamptz := private.clock();
  v_own uuid[] := private.own_locations();
  v_order uuid;
  v_lease public.order_picking;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'claim_next_order', jsonb_build_array(location_id));
  if v_response is not null then
    return v_response;
  end if;
  loop
    -- Whoever works on an order holds its lock: nobody waits, the next one is taken. One that was claimed since this
    -- statement began to look is noticed by its lease, and the next look does not see it.
    select orders.id into v_order
    from public.orders
    left join public.order_picking as picking on picking.order_id = orders.id
    where orders.status = 'placed'
      and (picking.picker is null or picking.leased_until <= v_now)
      and exists (
        select from public.order_items as item
        join public.claims on claims.order_item_id = item.id and claims.expires_at is null
        left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
        where item.order_id = orders.id
          and claims.quantity > greatest(claims.fulfilled, coalesce(pick.picked, 0))
          and (claim_next_order.location_id is null or claims.location_id = claim_next_order.location_id)
          and (v_own is null or claims.location_id = any (v_own))
      )
    order by orders.created_at, orders.id
    limit 1
    for no key update of orders skip locked;
    exit when not found;
    v_lease := private.try_lease(v_order);
    exit when v_lease.picker is not null;
  end loop;
  v_response := jsonb_build_object('order_id', v_order);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.claim_next_order(uuid, uuid) is 'See public.claim_next_order.';

create function public.claim_next_order(idempotency_key uuid, location_id uuid default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.claim_next_order(idempotency_key, location_id);
end;
$$;
comment on function public.claim_next_order(uuid, uuid) is
  'Takes the order that has waited longest, is nobody''s and has something for the caller to pick (at location_id, if
   given); staff of role stock. Returns {order_id}, NULL when nothing waits. Raises role_required (403), idempotency_key_reused (409).';

create function private.renew_claim(order_id uuid)
returns public.order_picking
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_lease public.order_picking;
begin
  perform private.require_role('stock');
  update public.order_picking as picking
  set leased_until = private.clock() + private.lease_time()
  where picking.order_id = renew_claim.order_id and picking.picker = private.actor()
  returning * into v_lease;
  if not found then
    select * into v_lease from public.order_picking as picking where picking.order_id = renew_claim.order_id;
  end if;
  return v_lease;
end;
$$;
comment on function private.renew_claim(uuid) is 'See public.renew_claim.';

create function public.renew_claim(order_id uuid)
returns public.order_picking
language sql
set search_path = ''
as $$
  select * from private.renew_claim(order_id)
$$;
comment on function public.renew_claim(uuid) is
  'Keeps an order the caller has, or had and nobody took since; staff of role stock. Returns the lease as it is then: the
   caller''s for 30 seconds, somebody else''s, or nobody''s. Doing it twice is doing it once. Raises role_required (403).';

create function private.release_claim(order_id uuid, idempotency_key uuid)
returns public.order_picking
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'release_claim', jsonb_build_array(order_id));
  if v_response is null then
    perform private.lock_order(order_id);
    update public.order_picking as picking
    set picker = null, leased_until = null
    where picking.order_id = release_claim.order_id and picking.picker = private.actor();
    if found then
      insert into public.order_events (order_id, kind) values (release_claim.order_id, 'let_go');
    end if;
    select to_jsonb(picking) into v_response from public.order_picking as picking where picking.order_id = release_claim.order_id;
    v_response := coalesce(v_response, '{}');
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.order_picking, v_response);
end;
$$;
comment on function private.release_claim(uuid, uuid) is 'See public.release_claim.';

create function public.release_claim(order_id uuid, idempotency_key uuid)
returns public.order_picking
language sql
set search_path = ''
as $$
  select * from private.release_claim(order_id, idempotency_key)
$$;
comment on function public.release_claim(uuid, uuid) is
  'The inverse of claim_order: gives an order back to the others at once; what is picked stays picked. Somebody else''s is
   left alone. Returns the lease. Staff of role stock. Raises role_required (403), not_found (404),
   idempotency_key_reused (409).';

-- pick_units --------------------------------------------------------------------------------------------------

create function private.finish_picking(order_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if private.units_to_pick(order_id) > 0 then
    return;
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = finish_picking.order_id and orders.status = 'placed';
  if not found then
    return;
  end if;
  insert into public.order_events (order_id, kind) values (finish_picking.order_id, 'picked');
  update public.order_picking as picking set picker = null, leased_until = null where picking.order_id = finish_picking.order_id;
end;
$$;
comment on function private.finish_picking(uuid) is
  'When nothing of a placed order lies on a shelf any more: it is ready, and nobody''s to pick. The caller holds its lock.';

create function private.pick_units(order_id uuid, location_id uuid, code text, quantity integer, idempotency_key uuid)
returns public.order_picks
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_line record;
  v_pick public.order_picks;
  v_left integer;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'pick_units', jsonb_build_array(order_id, location_id, code, quantity));
  if v_response is not null then
    return jsonb_populate_record(null::public.order_picks, v_response);
  end if;
  if coalesce(quantity, 0) = 0 or abs(quantity) > 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'zero or beyond 99', 'value', quantity),
      'Say how many units were picked (+) or put back (-).');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);

  -- A code that two lines share counts for the one that still wants units.
  select item.id, item.title, coalesce(claims.fulfilled, 0) as handed_over,
    greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) as picked, coalesce(claims.quantity, 0) as quantity
  into v_line
  from public.order_items as item
  join public.variants on variants.id = item.variant_id
  left join public.claims on claims.order_item_id = item.id and claims.location_id = pick_units.location_id
  left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = pick_units.location_id
  where item.order_id = v_order.id
    and lower(trim(pick_units.code)) in (lower(item.sku), lower(variants.sku), lower(variants.barcode))
  order by coalesce(claims.quantity, 0) - greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) desc, item.id
  limit 1;
  if not found then
    perform private.refuse(409, 'not_on_order', jsonb_build_object('order_id', order_id, 'code', code),
      'Put it back: this order does not contain it.');
  end if;
  if v_line.picked + quantity > v_line.quantity or v_line.picked + quantity < v_line.handed_over then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_line.title,
        'wanted', quantity, 'left', case when quantity > 0 then v_line.quantity - v_line.picked else v_line.picked - v_line.handed_over end),
      'Pick what the order has units of here; put back what lies in the box.');
  end if;

  v_left := private.units_to_pick(order_id);
  insert into public.order_picks as pick (order_item_id, location_id, order_id, picked, actor)
  values (v_line.id, pick_units.location_id, v_order.id, v_line.picked + quantity, private.actor())
  on conflict on constraint order_picks_pkey do update
  set picked = excluded.picked, actor = excluded.actor
  returning * into v_pick;
  if quantity > 0 then
    perform private.finish_picking(v_order.id);
  elsif v_left = 0 then
    insert into public.order_events (order_id, kind) values (v_order.id, 'unpicked');
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  end if;
  perform private.finish_once(idempotency_key, to_jsonb(v_pick));
  return v_pick;
end;
$$;
comment on function private.pick_units(uuid, uuid, text, integer, uuid) is 'See public.pick_units.';

create function public.pick_units(order_id uuid, location_id uuid, code text, quantity integer, idempotency_key uuid)
returns public.order_picks
language sql
set search_path = ''
as $$
  select * from private.pick_units(order_id, location_id, code, quantity, idempotency_key)
$$;
comment on function public.pick_units(uuid, uuid, text, integer, uuid) is
  'Puts units (negative: back on the shelf) into the box of a placed order at a location; code is a SKU or barcode, as a
   scanner reads it. Takes or renews the lease; with the last unit the order is ready and the lease ends. Staff of role
   stock. Returns the line''s pick. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409), order_claimed (409),
   not_on_order (409), nothing_to_pick (409, with how many are left), invalid_input (422), idempotency_key_reused (409).';

create function private.put_back_picks(order_id uuid)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_units integer;
begin
  with put_back as (
    update public.order_picks as pick
    set picked = other.handed_over
    from (
      select each.order_item_id, each.location_id, coalesce(claims.fulfilled, 0) as handed_over, each.picked
      from public.order_picks as each
      left join public.claims on claims.order_item_id = each.order_item_id and claims.location_id = each.location_id
      where each.order_id = put_back_picks.order_id
    ) as other
    where pick.order_item_id = other.order_item_id
      and pick.location_id = other.location_id
      and pick.picked > other.handed_over
    returning other.picked - other.handed_over as units
  )
  select coalesce(sum(put_back.units), 0) into v_units from put_back;
  update public.order_picking as picking
  set picker = null, leased_until = null
  where picking.order_id = put_back_picks.order_id and picking.picker is not null;
  return v_units;
end;
$$;
comment on function private.put_back_picks(uuid) is
  'For an order that is called off: what lies in its box and was not handed over goes back on the shelf, and nobody picks
   it any more. Returns how many units. The caller holds the order''s lock.';

revoke execute on function
  public.claim_order(uuid, uuid), public.claim_next_order(uuid, uuid), public.renew_claim(uuid), public.release_claim(uuid, uuid),
  public.pick_units(uuid, uuid, text, integer, uuid)
from public, anon;
grant execute on function
  public.claim_order(uuid, uuid), private.claim_order(uuid, uuid),
  public.claim_next_order(uuid, uuid), private.claim_next_order(uuid, uuid),
  public.renew_claim(uuid), private.renew_claim(uuid),
  public.release_claim(uuid, uuid), private.release_claim(uuid, uuid),
  public.pick_units(uuid, uuid, text, integer, uuid), private.pick_units(uuid, uuid, text, integer, uuid)
to authenticated, service_role;
