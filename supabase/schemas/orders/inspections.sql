-- Returned goods to be inspected (return_items, outcome inspect) wait here for a decision of staff, and are in no
-- quantity of stock in the meantime. The queue is the returns whose outcome is inspect; a decision replaces the
-- outcome. Refusals: role_required, not_found, invalid_input, return_decided, idempotency_key_reused.

create index order_returns_to_inspect on public.order_returns (created_at, id) where outcome = 'inspect';

create function private.decide_return(returned public.order_returns, restocked integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if restocked = 0 then
    update public.order_returns set outcome = 'damaged' where order_returns.id = returned.id;
    return;
  end if;
  update public.order_returns
  set outcome = 'restock', quantity = decide_return.restocked
  where order_returns.id = returned.id;
  if restocked < returned.quantity then
    insert into public.order_returns (order_item_id, location_id, quantity, outcome, created_at)
    values (
      returned.order_item_id, returned.location_id, returned.quantity - decide_return.restocked, 'damaged',
      returned.created_at
    );
  end if;
end;
$$;
comment on function private.decide_return(public.order_returns, integer) is
  'Records the outcome of an inspection: so many units restocked, the rest damaged, as a return of their own.';

create function private.inspect_return(return_id bigint, restocked integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_item public.order_items;
  v_order public.orders;
  v_return public.order_returns;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'inspect_return', jsonb_build_array(return_id, restocked));
  if v_response is not null then
    return v_response;
  end if;
  select item.* into v_item
  from public.order_returns as back
  join public.order_items as item on item.id = back.order_item_id
  where back.id = inspect_return.return_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('return_id', return_id), 'Reload the list of returns.');
  end if;

  v_order := private.lock_order(v_item.order_id);
  select * into v_return from public.order_returns where order_returns.id = inspect_return.return_id;
  perform private.require_role_at('stock', v_return.location_id);
  if v_return.outcome <> 'inspect' then
    perform private.refuse(
      409, 'return_decided', jsonb_build_object('return_id', return_id, 'outcome', v_return.outcome),
      'Reload the list of returns: another staff member has decided, or there was nothing to inspect.'
    );
  end if;
  if restocked is null or restocked not between 0 and v_return.quantity then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'restocked',
        'problem', 'not 0 to ' || v_return.quantity, 'value', restocked),
      'Say how many of them can be sold again; the rest is written off.');
  end if;

  if restocked > 0 then
    perform private.queue_for(array[v_item.variant_id]);
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
    values (v_item.variant_id, v_return.location_id, inspect_return.restocked, 'return', 'order ' || v_order.number,
      'order', v_order.id);
  end if;
  perform private.decide_return(v_return, restocked);
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'inspected', jsonb_build_object('return_id', v_return.id, 'location_id', v_return.location_id,
    'restocked', restocked, 'damaged', v_return.quantity - restocked));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.inspect_return(bigint, integer, uuid) is 'See public.inspect_return.';

create function public.inspect_return(return_id bigint, restocked integer, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.inspect_return(return_id, restocked, idempotency_key);
end;
$$;
comment on function public.inspect_return(bigint, integer, uuid) is
  'Decides about returned goods to be inspected (a row of order_returns whose outcome is inspect): so many units (0
   to its quantity) go back on the shelf where they came in, the rest is written off; staff of role stock. Partly
   good is two rows afterwards, restock and damaged. The money was due since the return. Returns the order as
   read_order does. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   return_decided (409, with the outcome), idempotency_key_reused (409).';

revoke execute on function public.inspect_return(bigint, integer, uuid) from public, anon;
grant execute on function public.inspect_return(bigint, integer, uuid), private.inspect_return(bigint, integer, uuid)
to authenticated, service_role;
