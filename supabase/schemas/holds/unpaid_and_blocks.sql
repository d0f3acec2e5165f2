create function private.cancel_unpaid_orders(
  expected integer, idempotency_key uuid, network text, email text, since timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_ids uuid[];
  v_order public.orders;
  v_orders integer := 0;
  v_units bigint := 0;
begin
  perform private.require_role('manager');
  perform private.check_order_filter(network, email, since);
  v_response := private.begin_once(
    idempotency_key, 'cancel_unpaid_orders', jsonb_build_array(network, lower(email), since, expected)
  );
  if v_response is not null then
    return v_response;
  end if;
  -- Orders first, then every variant of theirs, each ascending: the order in which everybody locks.
  v_ids := array(
    select orders.id from public.orders
    where orders.id in (
      select unpaid.id
      from private.unpaid_orders(
        cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since
      ) as unpaid
      order by unpaid.id limit least(200, expected)
    )
    order by orders.id for no key update
  );
  perform private.queue_for(array(
    select distinct item.variant_id from public.order_items as item where item.order_id = any (v_ids) order by 1
  ));
  for v_order in
    select unpaid.*
    from private.unpaid_orders(
      cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since
    ) as unpaid
    where unpaid.id = any (v_ids) order by unpaid.id
  loop
    perform private.cancel_rest(v_order, 'cancelled by the shop, unpaid');
    v_orders := v_orders + 1;
    v_units := v_units + v_order.units;
  end loop;
  v_response := jsonb_build_object('orders', v_orders, 'units', v_units);
  perform private.audit(
    'cancel_unpaid_orders', 'order', coalesce(network, lower(email), since::text), v_orders || ' orders', null,
    v_response
  );
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.cancel_unpaid_orders(integer, uuid, text, text, timestamptz) is
  'See public.cancel_unpaid_orders.';

create function public.cancel_unpaid_orders(
  expected integer, idempotency_key uuid, network text default null, email text default null,
  since timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.cancel_unpaid_orders(expected, idempotency_key, network, email, since)
$$;
comment on function public.cancel_unpaid_orders(integer, uuid, text, text, timestamptz) is
  'Cancels unpaid orders of a network, an e-mail address or since a time, at most 200 a call and no more than the
   manager has seen (expected, as count_unpaid_orders said). Returns {orders, units}. Managers. Raises role_required
   (403), invalid_input (422), idempotency_key_reused (409).';

-- Blocking ----------------------------------------------------------------------------------------------------------

create function private.block_caller(reason text, idempotency_key uuid, cart_id uuid, network text, hours integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_subject text;
begin
  perform private.require_role('manager');
  if length(trim(coalesce(reason, ''))) not between 1 and 200 or length(reason) > 400 or hours not between 1 and 8760
    or num_nonnulls(cart_id, network) <> 1 or network !~ '^[0-9a-f]{32}$' then
    perform private.refuse(
      422, 'invalid_input', '{"field": "reason", "problem": "missing or not valid"}',
      'Say whom to block, why and for how long.'
    );
  end if;
  v_response := private.begin_once(
    idempotency_key, 'block_caller', jsonb_build_array(cart_id, network, trim(reason), hours)
  );
  if v_response is not null then
    return v_response;
  end if;
  v_subject := coalesce('n:' || network,
    (select private.subject_of(carts.token_hash, carts.user_id)
      from public.carts where carts.id = block_caller.cart_id));
  if v_subject is null then
    perform private.refuse(404, 'not_found', '{}', 'The cart is gone. Reload the page.');
  end if;
  insert into private.blocks as block (subject, reason, expires_at)
  values (v_subject, trim(reason), private.clock() + make_interval(hours => hours))
  on conflict on constraint blocks_pkey do update
  set reason = excluded.reason, expires_at = excluded.expires_at, blocked_by = private.actor(), blocked_at = now();
  v_response := jsonb_build_object('subject', v_subject);
  perform private.audit(
    'block_caller', 'caller', left(v_subject, 8), trim(reason), null, jsonb_build_object('hours', hours)
  );
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.block_caller(text, uuid, uuid, text, integer) is 'See public.block_caller.';

create function public.block_caller(
  reason text, idempotency_key uuid, cart_id uuid default null, network text default null, hours integer default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.block_caller(reason, idempotency_key, cart_id, network, hours)
$$;
comment on function public.block_caller(text, uuid, uuid, text, integer) is
  'The shop serves this guest or account (the owner of a cart) or this network no more, for so many hours, or until a
   manager ends it (NULL). Returns {subject}. Managers. Raises role_required (403), invalid_input (422), not_found
   (404), idempotency_key_reused (409).';

create function private.unblock_caller(subject text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'unblock_caller', jsonb_build_array(left(subject, 80)));
  if v_response is not null then
    return v_response;
  end if;
  delete from private.blocks where blocks.subject = unblock_caller.subject;
  if not found then
    perform private.refuse(404, 'not_found', '{}', 'The block has ended. Reload the page.');
  end if;
  v_response := jsonb_build_object('subject', subject);
  perform private.audit('unblock_caller', 'caller', left(subject, 8), '', null, null);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.unblock_caller(text, uuid) is 'See public.unblock_caller.';

create function public.unblock_caller(subject text, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.unblock_caller(subject, idempotency_key)
$$;
comment on function public.unblock_caller(text, uuid) is
  'The inverse of block_caller. Managers. Raises role_required (403), not_found (404), idempotency_key_reused (409).';

revoke execute on function
  public.read_holds(text, uuid, uuid), public.end_holds(jsonb, uuid),
  public.count_unpaid_orders(text, text, timestamptz),
  public.cancel_unpaid_orders(integer, uuid, text, text, timestamptz),
  public.block_caller(text, uuid, uuid, text, integer),
  public.unblock_caller(text, uuid)
from public, anon;
grant execute on function
  public.read_holds(text, uuid, uuid), private.read_holds(text, uuid, uuid),
  public.end_holds(jsonb, uuid), private.end_holds(jsonb, uuid),
  public.count_unpaid_orders(text, text, timestamptz), private.count_unpaid_orders(text, text, timestamptz),
  public.cancel_unpaid_orders(integer, uuid, text, text, timestamptz),
  private.cancel_unpaid_orders(integer, uuid, text, text, timestamptz),
  public.block_caller(text, uuid, uuid, text, integer), private.block_caller(text, uuid, uuid, text, integer),
  public.unblock_caller(text, uuid), private.unblock_caller(text, uuid)
to authenticated, service_role;
