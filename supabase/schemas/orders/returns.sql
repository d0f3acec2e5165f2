-- return_items ------------------------------------------------------------------------------------------------

create function private.check_handed_over(order_id uuid, lines private.item_line[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_wrong jsonb;
begin
  select jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units,
    'out', coalesce(item.fulfilled - item.returned, 0)))
  into v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity) as units
    from unnest(lines) as line
    group by 1
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = check_handed_over.order_id
  where asked.units > coalesce(item.fulfilled - item.returned, 0);
  if v_wrong is not null then
    perform private.refuse(409, 'not_handed_over', jsonb_build_object('order_id', order_id, 'lines', v_wrong),
      'Only what was handed over, and has not come back, can be returned.');
  end if;
end;
$$;
comment on function private.check_handed_over(uuid, private.item_line[]) is
  'Raises not_handed_over (409) for lines with more units than the buyer has. The caller holds the order.';

create function private.count_returned(order_id uuid, lines private.item_line[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_worth bigint := private.order_worth(order_id);
begin
  update public.order_items as item
  set returned = item.returned + back.units
  from (
    select line.order_item_id, sum(line.quantity)::integer as units
    from unnest(lines) as line
    group by line.order_item_id
  ) as back
  where item.id = back.order_item_id;
  perform private.add_refund_due(order_id, v_worth);
end;
$$;
comment on function private.count_returned(uuid, private.item_line[]) is
  'Counts returned units; captured money for them becomes due for refund. The caller holds the order.';

create function private.return_items(order_id uuid, location_id uuid, lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_lines private.item_line[];
begin
  perform private.require_role_at('stock', location_id);
  v_lines := private.item_lines(lines, come_back => true);
  v_response := private.begin_once(
    idempotency_key, 'return_items', jsonb_build_array(order_id, location_id, to_jsonb(v_lines))
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = v_order.id)
  );

  perform private.check_handed_over(order_id, v_lines);

  insert into public.order_returns (order_item_id, location_id, quantity, outcome)
  select line.order_item_id, return_items.location_id, line.quantity, line.outcome
  from unnest(v_lines) as line;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
  select item.variant_id, return_items.location_id, sum(line.quantity), 'return', 'order ' || v_order.number,
    'order', v_order.id
  from unnest(v_lines) as line
  join public.order_items as item on item.id = line.order_item_id
  where line.outcome = 'restock'
  group by item.variant_id
  order by item.variant_id;
  perform private.count_returned(v_order.id, v_lines);
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'returned', jsonb_build_object('location_id', location_id, 'lines', to_jsonb(v_lines)));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.return_items(uuid, uuid, jsonb, uuid) is 'See public.return_items.';

create function public.return_items(order_id uuid, location_id uuid, lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.return_items(order_id, location_id, lines, idempotency_key);
end;
$$;
comment on function public.return_items(uuid, uuid, jsonb, uuid) is
  'Takes handed-over units back at a location: lines [{"order_item_id", "quantity", "outcome": restock | damaged |
   inspect}], all or none; staff of role stock. Restocked units are on the shelf at once; captured money becomes due
   for refund. Returns the order. Raises role_required (403), location_not_yours (403), not_found (404),
   not_handed_over (409), invalid_input (422), idempotency_key_reused (409).';

revoke execute on function
  public.read_order(uuid, text), public.cancel_order(uuid, uuid, text, text),
  public.fulfil_order(uuid, uuid, uuid, jsonb, jsonb, text), public.return_items(uuid, uuid, jsonb, uuid),
  public.confirm_order(uuid, uuid)
from public, anon;
grant execute on function
  public.read_order(uuid, text), public.cancel_order(uuid, uuid, text, text),
  private.read_order(uuid, text), private.cancel_order(uuid, uuid, text, text)
to authenticated, service_role;
grant execute on function
  public.fulfil_order(uuid, uuid, uuid, jsonb, jsonb, text), public.return_items(uuid, uuid, jsonb, uuid),
  private.fulfil_order(uuid, uuid, uuid, jsonb, jsonb, text), private.return_items(uuid, uuid, jsonb, uuid),
  public.confirm_order(uuid, uuid), private.confirm_order(uuid, uuid)
to authenticated, service_role;
