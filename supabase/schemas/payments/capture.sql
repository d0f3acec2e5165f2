-- Paying is a seam: an order holds its units, the buyer pays elsewhere while no lock is held, and the provider's signed
-- response turns the hold into a commitment, which cannot fail for stock while the hold lives. The signature is checked
-- here, so the carrier of the response (a route, a queue, a person with the log) needs no trust.

create extension if not exists pgcrypto with schema extensions;

create function private.commit_units(items public.order_items[], prefer uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_kept uuid[];
  v_missing public.order_items[];
  v_taken integer;
begin
  -- Even holds that expired during the payment, if no other caller has needed their units.
  with kept as (
    update public.claims
    set expires_at = null
    where claims.order_item_id = any (array(select item.id from unnest(items) as item))
    returning claims.variant_id
  )
  select coalesce(array_agg(kept.variant_id), '{}') into v_kept from kept;
  v_missing := array(select item::public.order_items from unnest(items) as item where item.variant_id <> all (v_kept));
  if cardinality(v_missing) = 0 then
    return;
  end if;
  perform private.release_expired(array(select item.variant_id from unnest(v_missing) as item));
  v_taken := private.take_units(array(select item.variant_id from unnest(v_missing) as item),
    array(select item.quantity from unnest(v_missing) as item), null,
    array(select item.id from unnest(v_missing) as item), null,
    commit_units.prefer);
  if v_taken < (select sum(item.quantity) from unnest(v_missing) as item) then
    perform private.refuse(409, 'not_enough_left', '{"short": []}',
      'The hold had expired and another order needed the units.');
  end if;
end;
$$;
comment on function private.commit_units(public.order_items[], uuid) is
  'Commits the units of an order that was paid: what it holds, and what is free in place of what had run out. All or
   nothing: raises not_enough_left (409). The caller holds the variants'' locks.';

create function private.place_paid_order(ordered public.orders, detail jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_items public.order_items[];
begin
  select array_agg(item order by item.variant_id) into v_items
  from public.order_items as item where item.order_id = ordered.id;
  perform private.queue_for(array(select item.variant_id from unnest(v_items) as item));
  perform private.commit_units(v_items, ordered.collect_at);
  update public.orders set status = 'placed', placed_at = v_now where orders.id = ordered.id;
  insert into public.order_events (order_id, kind, detail)
  values (ordered.id, 'placed', place_paid_order.detail);
  update public.order_items as item set sold_at = v_now where item.order_id = ordered.id;
end;
$$;
comment on function private.place_paid_order(public.orders, jsonb) is
  'Places an order whose payment is authorised or captured: its units are committed. Raises not_enough_left (409) when
   the hold has expired and another order needed them. detail is that of its event: {amount_minor} was captured,
   {authorised_minor} was authorised. The caller has locked the order.';

create function private.capture_payment(paid public.payments, ordered public.orders, amount_minor bigint)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if ordered.status = 'awaiting_payment' and capture_payment.amount_minor <> paid.amount_minor then
    perform private.cancel_rest(ordered, 'another amount was paid');
    ordered.status := 'cancelled';
  end if;
  update public.payments as payment
  set status = 'captured',
    attempt_at = null,
    captured_minor = capture_payment.amount_minor,
    refund_due_minor = case when ordered.status = 'awaiting_payment' then 0 else capture_payment.amount_minor end
  where payment.id = paid.id;
  if ordered.status <> 'awaiting_payment' then
    insert into public.order_events (order_id, kind) values (ordered.id, 'paid_in_vain');
    update public.orders set updated_at = clock_timestamp() where orders.id = ordered.id;
    return 'refund_due';
  end if;

  begin
    perform private.place_paid_order(ordered, jsonb_build_object('amount_minor', capture_payment.amount_minor));
  exception when sqlstate 'PT409' then
    -- The hold had expired and another order needed the units: a refund, not an oversell.
    perform private.cancel_rest(ordered, 'paid too late, units gone');
    return 'refund_due';
  end;
  return 'placed';
end;
$$;
comment on function private.capture_payment(public.payments, public.orders, bigint) is
  'Books the money and gives the order its units for good, or makes the money due for refund: never neither.';
