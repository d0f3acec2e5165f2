-- The locations of an order, for staff members who may change stock at some locations only: they may take its money,
-- lease it and resolve its issues where they may hand it over.

create function private.order_locations(order_id uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select place.location_id
    from (
      select claims.location_id, 1 as nearness
      from public.claims
      join public.order_items as item on item.id = claims.order_item_id
      where item.order_id = order_locations.order_id
      union all
      select short.location_id, 2
      from public.order_shorts as short
      join public.order_items as item on item.id = short.order_item_id
      where item.order_id = order_locations.order_id
      union all
      select orders.collect_at, 3 from public.orders
      where orders.id = order_locations.order_id and orders.collect_at is not null
    ) as place
    group by place.location_id
    order by min(place.nearness), place.location_id
  );
end;
$$;
comment on function private.order_locations(uuid) is
  'Where an order''s units are or were kept, where some were not found, and where it is collected, in this order.';

create function private.require_role_for_order(minimum public.staff_role, order_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own uuid[] := private.own_locations();
  v_places uuid[];
begin
  perform private.require_role(minimum);
  if v_own is null then
    return;
  end if;
  v_places := private.order_locations(order_id);
  if not v_places && v_own then
    perform private.refuse(403, 'location_not_yours', jsonb_build_object('location_id', v_places[1]),
      'Ask a staff member of that location, or a manager for access to it.');
  end if;
end;
$$;
comment on function private.require_role_for_order(public.staff_role, uuid) is
  'As require_role, and one of the order''s locations is the caller''s; else raises location_not_yours (403).';
