-- The order desk: what staff see of orders and do to them besides picking (schemas/picking/tables.sql): units that are
-- not where they should be, money that goes back at the counter, the queue. Refusals: role_required, not_found,
-- invalid_input, order_not_open, nothing_to_pick, order_claimed, idempotency_key_reused.

-- short_pick --------------------------------------------------------------------------------------------------

create function private.claim_elsewhere(item public.order_items, units integer, not_at uuid)
returns table (location_id uuid, units integer)
language sql
set search_path = ''
as $$
  with free as (
    select level.location_id, level.available,
      sum(level.available) over (order by locations.position, level.location_id) - level.available as before
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    where level.variant_id = item.variant_id and level.available > 0 and level.location_id <> claim_elsewhere.not_at
  ),
  taken as (
    select free.location_id, least(free.available, claim_elsewhere.units - free.before)::integer as units
    from free
    where free.before < claim_elsewhere.units
  ),
  claimed as (
    insert into public.claims (variant_id, location_id, order_item_id, quantity)
    select item.variant_id, taken.location_id, item.id, taken.units
    from taken
    on conflict (order_item_id, location_id) where order_item_id is not null do update
    set quantity = claims.quantity + excluded.quantity
  )
  select taken.location_id, taken.units from taken
$$;
comment on function private.claim_elsewhere(public.order_items, integer, uuid) is
  'Commits up to so many units of an item at other locations, in the shop''s own order, and returns where it got how
   many. The caller holds the variant''s lock.';

create function private.settle_order(settled public.orders)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_status public.order_status;
begin
  select case
      when bool_or(item.fulfilled + item.cancelled < item.quantity) then 'placed'
      when bool_or(item.fulfilled > 0) then 'fulfilled'
      else 'cancelled'
    end
  into v_status
  from public.order_items as item where item.order_id = settled.id;
  update public.orders
  set status = v_status,
    cancelled_at = case when v_status = 'cancelled' then private.clock() end,
    updated_at = clock_timestamp()
  where orders.id = settled.id;
  if v_status = 'cancelled' then
    update public.payments set status = 'void' where payments.order_id = settled.id and payments.status <> 'captured';
  end if;
  if v_status <> 'placed' then
    perform private.put_back_picks(settled.id);
  end if;
end;
$$;
comment on function private.settle_order(public.orders) is
  'Brings a placed order''s status in line with its items: still open, handed over as far as it went, or cancelled
   altogether. Always moves its version. The caller holds its lock.';

create function private.write_off(of_order public.orders, item public.order_items, missing integer, location_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_left integer;
begin
  select claims.quantity - greatest(claims.fulfilled, coalesce(pick.picked, 0)) into v_left
  from public.claims
  left join public.order_picks as pick on pick.order_item_id = claims.order_item_id
    and pick.location_id = claims.location_id
  where claims.order_item_id = item.id and claims.location_id = write_off.location_id;
  if coalesce(v_left, 0) < write_off.missing then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', of_order.id, 'title', item.title,
        'wanted', write_off.missing, 'left', coalesce(v_left, 0)),
      'Picked and fulfilled units cannot be missing.');
  end if;

  delete from public.claims
  where claims.order_item_id = item.id and claims.location_id = write_off.location_id
    and claims.quantity = write_off.missing;
  update public.claims
  set quantity = claims.quantity - write_off.missing
  where claims.order_item_id = item.id and claims.location_id = write_off.location_id
    and claims.quantity > write_off.missing;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, note, source_kind, source_id)
  values (item.variant_id, write_off.location_id, -write_off.missing, 'correction', 'order ' || of_order.number,
    'not found while picking', 'order', of_order.id);
end;
$$;
comment on function private.write_off(public.orders, public.order_items, integer, uuid) is
  'Removes missing units of an order item from a location: the order releases them and the ledger writes them off, so
   that available there does not change. Raises nothing_to_pick (409) when fewer are left to pick there.';

create function private.cancel_units(item public.order_items, units integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_worth bigint;
begin
  if units > 0 then
    v_worth := private.order_worth(item.order_id);
    update public.order_items set cancelled = order_items.cancelled + units where order_items.id = item.id;
    perform private.add_refund_due(item.order_id, v_worth);
  end if;
end;
$$;
comment on function private.cancel_units(public.order_items, integer) is
  'Takes units off an order item; captured money for them becomes due for refund.';

-- long because its steps are in the order of locks, and between them offers to the waitlist are put off.
create function private.short_pick(
  order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_item public.order_items;
  v_elsewhere jsonb;
  v_cancelled integer;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'short_pick',
    jsonb_build_array(order_id, location_id, order_item_id, missing));
  if v_response is not null then
    return v_response;
  end if;
  if missing is null or missing not between 1 and 99 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'missing', 'problem', 'not 1 to 99', 'value', missing),
      'Say how many units are not there.');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);
  select * into v_item from public.order_items as item where item.id = short_pick.order_item_id
    and item.order_id = v_order.id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Reload the order.');
  end if;
  perform private.queue_for(array[v_item.variant_id]);
  -- Missing units are not for the waitlist, and this order goes before it for those that can be found elsewhere.
  perform set_config('onhand.offers_wait', 'on', true);
  perform private.write_off(v_order, v_item, missing, location_id);
  perform private.release_expired(array[v_item.variant_id]);
  select coalesce(jsonb_agg(to_jsonb(got)), '[]'), missing - coalesce(sum(got.units), 0)
  into v_elsewhere, v_cancelled
  from private.claim_elsewhere(v_item, missing, short_pick.location_id) as got;
  perform set_config('onhand.offers_wait', '', true);
  perform private.serve_waitlist(array[v_item.variant_id]);

  perform private.open_picks(v_order.id);
  insert into public.order_shorts (order_item_id, location_id, missing, cancelled)
  values (v_item.id, short_pick.location_id, missing, v_cancelled);
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'short', jsonb_build_object('title', v_item.title, 'location_id', short_pick.location_id,
    'missing', missing, 'elsewhere', v_elsewhere, 'cancelled', v_cancelled));
  perform private.cancel_units(v_item, v_cancelled);
  perform private.settle_order(v_order);
  perform private.finish_picking(v_order.id);

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.short_pick(uuid, uuid, bigint, integer, uuid) is 'See public.short_pick.';

create function public.short_pick(
  order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.short_pick(order_id, location_id, order_item_id, missing, idempotency_key);
end;
$$;
comment on function public.short_pick(uuid, uuid, bigint, integer, uuid) is
  'So many units of an order item are not where they are committed: they are written off there (reason correction) and
   committed at other locations that have them; what nobody has is taken off the order, captured money becomes due for
   refund, and the order is in trouble until settle_shorts. Staff of role stock; takes or renews the lease. Returns the
   order as read_order does. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open
   (409), order_claimed (409), nothing_to_pick (409), invalid_input (422), idempotency_key_reused (409).';
