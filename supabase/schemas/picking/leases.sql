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
  'Units of a placed order that are still on the shelf. Fulfilled units count as picked.';

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
    -- The buyer's page says that it is being packed.
    update public.orders set updated_at = clock_timestamp() where orders.id = try_lease.order_id;
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
      select jsonb_build_object('order_id', picking.order_id, 'picker', coalesce(staff.name, ''),
        'leased_until', picking.leased_until)
      from public.order_picking as picking
      left join public.staff on staff.user_id = picking.picker
      where picking.order_id = take_lease.order_id
    ), 'Take another order, or wait until the lease ends.');
  end if;
  return v_lease;
end;
$$;
comment on function private.take_lease(uuid) is
  'As private.try_lease; raises order_claimed (409) with whose it is and until when.';

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
   and every pick. Returns the lease. Raises role_required (403), location_not_yours (403), not_found (404),
   order_not_open (409), order_claimed (409, with whose it is and until when), idempotency_key_reused (409).';

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
    -- A working picker holds the lock of the order: skip it and take the next one. An order that was claimed after this
    -- statement began is detected by its lease, and the next statement does not see it.
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
   given); staff of role stock. Returns {order_id}, NULL when nothing waits. Raises role_required (403),
   idempotency_key_reused (409).';

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
  'Extends the lease of an order that the caller holds, or held last; staff of role stock. Returns the lease
   afterwards: the caller''s for 30 seconds, another picker''s, or none. A repeated call has no further effect. Raises
   role_required (403).';

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
      update public.orders set updated_at = clock_timestamp() where orders.id = release_claim.order_id;
    end if;
    select to_jsonb(picking) into v_response from public.order_picking as picking
      where picking.order_id = release_claim.order_id;
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
  'The inverse of claim_order: releases an order for other pickers at once; picked units stay picked. The lease of
   another picker is not changed. Returns the lease. Staff of role stock. Raises role_required (403), not_found (404),
   idempotency_key_reused (409).';
