create function private.settle_shorts(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'settle_shorts', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  update public.order_shorts as short
  set told_at = private.clock()
  from public.order_items as item
  where item.order_id = v_order.id and short.order_item_id = item.id and short.cancelled > 0 and short.told_at is null;
  if found then
    insert into public.order_events (order_id, kind) values (v_order.id, 'told');
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.settle_shorts(uuid, uuid) is 'See public.settle_shorts.';

create function public.settle_shorts(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.settle_shorts(order_id, idempotency_key);
end;
$$;
comment on function public.settle_shorts(uuid, uuid) is
  'Records that the customer knows about the missing units; staff of role stock. Returns the order. Raises
   role_required (403), location_not_yours (403), not_found (404), idempotency_key_reused (409).';

-- give_refund -------------------------------------------------------------------------------------------------

create function private.give_refund(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_payment public.payments;
  v_amount bigint;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'give_refund', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  select * into v_payment from public.payments where payments.order_id = v_order.id for no key update;
  v_amount := v_payment.refund_due_minor - v_payment.refunded_minor;
  if v_payment.provider = 'stripe' then
    v_amount := private.ask_refund(v_payment);
  end if;
  if v_amount = 0 then
    perform private.refuse_state(v_order, 'Nothing is due back.');
  end if;
  if v_payment.provider = 'on_collection' then
    update public.payments set refunded_minor = refund_due_minor where payments.id = v_payment.id;
  end if;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, case when v_payment.provider = 'on_collection' then 'refunded' else 'refund_asked' end,
    jsonb_build_object('amount_minor', v_amount));
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.give_refund(uuid, uuid) is 'See public.give_refund.';

create function public.give_refund(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.give_refund(order_id, idempotency_key);
end;
$$;
comment on function public.give_refund(uuid, uuid) is
  'Refunds everything that is due of an order; managers. A payment at the counter is recorded as refunded at once. For
   the sandbox only the decision is recorded: the caller then asks it, and its signed event records the refund. A refund
   to a card is made by the shop''s server, again and again until Stripe has it.
   Returns the order. Raises role_required (403), not_found (404), order_not_open (409: nothing is due back),
   idempotency_key_reused (409).';

-- The queue ---------------------------------------------------------------------------------------------------

create index orders_open on public.orders (created_at, id) where status in ('awaiting_payment', 'placed');
create index orders_cancelled on public.orders (created_at desc, id) where status = 'cancelled';
create index orders_by_words on public.orders using gin (lower(name || ' ' || email) extensions.gin_trgm_ops);
