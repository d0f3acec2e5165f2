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
  update public.orders set updated_at = clock_timestamp() where orders.id = finish_picking.order_id
    and orders.status = 'placed';
  if not found then
    return;
  end if;
  insert into public.order_events (order_id, kind) values (finish_picking.order_id, 'picked');
  update public.order_picking as picking set picker = null, leased_until = null
    where picking.order_id = finish_picking.order_id;
end;
$$;
comment on function private.finish_picking(uuid) is
  'When nothing of a placed order lies on a shelf any more: it is ready, and nobody''s to pick. The caller holds its
   lock.';

create function private.ordered_variant(order_id uuid, code text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_found uuid[] := array(
    select distinct item.variant_id
    from public.order_items as item
    join public.variants on variants.id = item.variant_id
    where item.order_id = ordered_variant.order_id
      and private.code_key(ordered_variant.code) in (private.code_key(item.sku), private.code_key(variants.sku),
        private.code_key(variants.barcode), variants.id::text)
  );
begin
  if cardinality(v_found) = 0 then
    perform private.refuse(409, 'not_on_order', jsonb_build_object('order_id', order_id, 'code', code),
      'Put it back: this order does not contain it.');
  elsif cardinality(v_found) > 1 then
    perform private.refuse(409, 'ambiguous_code', jsonb_build_object('code', code, 'choices', (
        select jsonb_agg(choice) from jsonb_array_elements(private.code_choices(code)) as choice
        where (choice ->> 'variant_id')::uuid = any (v_found)
      )), 'Choose which item it is: send its variant_id as the code.');
  end if;
  return v_found[1];
end;
$$;
comment on function private.ordered_variant(uuid, text) is
  'The variant of an order that a scanned code names. Raises not_on_order (409), ambiguous_code (409: two items of the
   order have this code).';

create function private.line_to_pick(order_id uuid, location_id uuid, variant_id uuid)
returns table (id bigint, title text, handed_over integer, picked integer, quantity integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select item.id, item.title, coalesce(claims.fulfilled, 0) as handed_over,
    greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) as picked,
    coalesce(claims.quantity, 0) as quantity
  from public.order_items as item
  left join public.claims on claims.order_item_id = item.id and claims.location_id = line_to_pick.location_id
  left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = line_to_pick.location_id
  where item.order_id = line_to_pick.order_id and item.variant_id = line_to_pick.variant_id
  order by coalesce(claims.quantity, 0) - greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) desc,
    item.id
  limit 1;
end;
$$;
comment on function private.line_to_pick(uuid, uuid, uuid) is
  'The order item of a variant to pick at a location: of two, the one that needs more units.';

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
  v_variant uuid;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'pick_units',
    jsonb_build_array(order_id, location_id, code, quantity));
  if v_response is not null then
    return jsonb_populate_record(null::public.order_picks, v_response);
  end if;
  if coalesce(quantity, 0) = 0 or abs(quantity) > 99 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'quantity', 'problem', 'zero or beyond 99', 'value', quantity),
      'Say how many units were picked (+) or put back (-).');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);

  v_variant := private.ordered_variant(v_order.id, code);
  select * into v_line from private.line_to_pick(order_id, location_id, v_variant);
  if v_line.picked + quantity > v_line.quantity or v_line.picked + quantity < v_line.handed_over then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_line.title,
        'wanted', quantity, 'left', case when quantity > 0 then v_line.quantity - v_line.picked
          else v_line.picked - v_line.handed_over end),
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
   stock. Returns the line''s pick. Raises role_required (403), location_not_yours (403), not_found (404),
   order_not_open (409), order_claimed (409), not_on_order (409), nothing_to_pick (409, with how many are left),
   invalid_input (422), idempotency_key_reused (409).';

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
  'Ends the picking of an order that is no longer placed: picked units that were not handed over return to the shelf.
   Returns their number. The caller holds the order''s lock.';

revoke execute on function
  public.claim_order(uuid, uuid), public.claim_next_order(uuid, uuid), public.renew_claim(uuid),
  public.release_claim(uuid, uuid),
  public.pick_units(uuid, uuid, text, integer, uuid)
from public, anon;
grant execute on function
  public.claim_order(uuid, uuid), private.claim_order(uuid, uuid),
  public.claim_next_order(uuid, uuid), private.claim_next_order(uuid, uuid),
  public.renew_claim(uuid), private.renew_claim(uuid),
  public.release_claim(uuid, uuid), private.release_claim(uuid, uuid),
  public.pick_units(uuid, uuid, text, integer, uuid), private.pick_units(uuid, uuid, text, integer, uuid)
to authenticated, service_role;
