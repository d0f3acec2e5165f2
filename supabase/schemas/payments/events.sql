-- Webhooks ----------------------------------------------------------------------------------------------------

create function private.sign_payment_event(provider public.payment_provider, payload text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select encode(extensions.hmac(convert_to(sign_payment_event.payload, 'UTF8'), providers.secret, 'sha256'), 'hex')
  from private.payment_providers as providers
  where providers.provider = sign_payment_event.provider
$$;
comment on function private.sign_payment_event(public.payment_provider, text) is
  'The signature a provider gives a payload: HMAC-SHA256 with the shared secret, in hex. NULL for one that signs
   nothing.';

create type private.payment_event as (
  provider public.payment_provider, event_id text, payment_id uuid, kind text, amount_minor bigint
);
comment on type private.payment_event is 'A provider''s webhook as it was read from JSON.';

create function private.payment_event_in(payload text)
returns private.payment_event
language plpgsql
stable
set search_path = ''
as $$
declare
  v_sent jsonb;
  v_event private.payment_event;
begin
  if length(payload) <= 16384 and pg_input_is_valid(payload, 'jsonb') then
    v_sent := payload::jsonb;
    v_event.event_id := private.text_in(v_sent -> 'event_id', 200);
    v_event.payment_id := private.uuid_in(v_sent -> 'payment_id');
    v_event.amount_minor := private.whole_in(v_sent -> 'amount_minor', 0, 1000000000000000);
    v_event.kind := private.text_in(v_sent -> 'kind', 20);
    if pg_input_is_valid(private.text_in(v_sent -> 'provider', 20), 'public.payment_provider') then
      v_event.provider := (v_sent ->> 'provider')::public.payment_provider;
    end if;
  end if;
  if num_nulls(v_event.provider, v_event.event_id, v_event.payment_id, v_event.kind, v_event.amount_minor) > 0
    or v_event.kind not in ('started', 'captured', 'declined', 'refunded') then
    perform private.refuse(422, 'invalid_input', '{"field": "payload", "problem": "not a payment event"}',
      'Send {provider, event_id, payment_id, kind: started | captured | declined | refunded, amount_minor} as signed.');
  end if;
  return v_event;
end;
$$;
comment on function private.payment_event_in(text) is 'Reads a webhook from known keys. Raises invalid_input (422).';

create function private.apply_payment_event(event private.payment_event, payment public.payments, ordered public.orders)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if event.kind = 'captured' and payment.status <> 'captured' then
    return private.capture_payment(payment, ordered, event.amount_minor);
  elsif event.kind = 'declined' and payment.status = 'pending' then
    update public.payments set status = 'declined', attempt_at = null where payments.id = payment.id;
    insert into public.order_events (order_id, kind) values (ordered.id, 'payment_declined');
  elsif event.kind = 'started' and ordered.status = 'awaiting_payment'
    and payment.status in ('pending', 'declined') then
    -- The outcome of the attempt before is no longer the status.
    update public.payments set status = 'pending', attempt_at = private.clock() where payments.id = payment.id;
  elsif event.kind = 'refunded' and payment.refunded_minor < payment.refund_due_minor then
    update public.payments as paid
    set refunded_minor = least(paid.refunded_minor + event.amount_minor, paid.refund_due_minor)
    where paid.id = payment.id;
    insert into public.order_events (order_id, kind, detail)
    values (ordered.id, 'refunded', jsonb_build_object('amount_minor', event.amount_minor));
  else
    -- Late, twice or out of order: known, and changes nothing.
    return 'ignored';
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = ordered.id;
  return event.kind;
end;
$$;
comment on function private.apply_payment_event(private.payment_event, public.payments, public.orders) is
  'Does what an event says and returns its effect. The caller has locked the order and the payment.';

create function private.receive_payment_event(payload text, signature text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_event private.payment_event;
  v_payment public.payments;
  v_order public.orders;
  v_effect text;
begin
  v_event := private.payment_event_in(payload);
  -- Hashed before they are compared, so that the time it takes says nothing about how much of a guess was right.
  if sha256(convert_to(coalesce(private.sign_payment_event(v_event.provider, payload), ''), 'UTF8'))
    is distinct from sha256(convert_to(nullif(signature, ''), 'UTF8')) then
    perform private.refuse(403, 'bad_signature', '{}', 'Sign the exact bytes of the payload with the shared secret.');
  end if;

  select * into v_payment from public.payments
  where payments.id = v_event.payment_id and payments.provider = v_event.provider;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('payment_id', v_event.payment_id),
      'It is not a payment of this shop.');
  end if;
  insert into private.payment_events (provider, event_id, payment_id, kind, amount_minor, effect)
  values (v_event.provider, v_event.event_id, v_payment.id, v_event.kind, v_event.amount_minor, 'received')
  on conflict do nothing;
  if not found then
    select event.effect into v_effect from private.payment_events as event
    where event.provider = v_event.provider and event.event_id = v_event.event_id;
    return jsonb_build_object('effect', v_effect, 'order_id', v_payment.order_id);
  end if;

  v_order := private.lock_order(v_payment.order_id);
  select * into v_payment from public.payments where payments.id = v_payment.id for no key update;
  v_effect := private.apply_payment_event(v_event, v_payment, v_order);
  update private.payment_events as event set effect = v_effect
  where event.provider = v_event.provider and event.event_id = v_event.event_id;
  return jsonb_build_object('effect', v_effect, 'order_id', v_payment.order_id);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.receive_payment_event(text, text) is 'See public.receive_payment_event.';

create function public.receive_payment_event(payload text, signature text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.receive_payment_event(payload, signature);
end;
$$;
comment on function public.receive_payment_event(text, text) is
  'A provider''s webhook: payload is JSON {provider, event_id, payment_id, kind: started | captured | declined |
   refunded, amount_minor}, signature the hex HMAC-SHA256 of its exact text. Each event_id counts once, in any order of
   arrival. Returns {effect: placed | refund_due | started | declined | refunded | ignored, order_id}. Raises
   bad_signature (403), not_found (404), invalid_input (422), busy (503).';

create function private.sign_sandbox_event(payload text)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_secret_key('Only the shop''s own server plays the sandbox provider.');
  return private.sign_payment_event('sandbox', payload);
end;
$$;
comment on function private.sign_sandbox_event(text) is 'See public.sign_sandbox_event.';

create function public.sign_sandbox_event(payload text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.sign_sandbox_event(payload);
end;
$$;
comment on function public.sign_sandbox_event(text) is
  'The signature of a webhook of the sandbox provider. For the secret key alone: a caller who can sign can pay.';

create function private.take_money(ordered public.orders, taken_as text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if taken_as not in ('cash', 'card') then
    perform private.refuse(422, 'invalid_input', '{"field": "taken_as", "problem": "not cash or card"}',
      'Say how it was paid: cash or card.');
  end if;
  update public.payments as payment
  set status = 'captured', captured_minor = private.order_worth(ordered.id), taken_as = take_money.taken_as
  where payment.order_id = ordered.id and payment.status = 'due';
  if not found then
    perform private.refuse_state(ordered, 'There is nothing to pay at the counter.');
  end if;
  insert into public.order_events (order_id, kind, detail)
  values (ordered.id, 'paid', jsonb_strip_nulls(jsonb_build_object('taken_as', taken_as)));
end;
$$;
comment on function private.take_money(public.orders, text) is
  'Records the money of an order that is paid at the counter: cash, card, or NULL for nobody said how. Raises
   invalid_input (422), order_not_open (409: nothing is due). The caller holds the order.';

create function private.take_payment(order_id uuid, idempotency_key uuid, taken_as text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'take_payment',
    jsonb_build_array(order_id) || case when taken_as is null then '[]' else to_jsonb(taken_as) end);
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  perform private.take_money(v_order, taken_as);
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.take_payment(uuid, uuid, text) is 'See public.take_payment.';

create function public.take_payment(order_id uuid, idempotency_key uuid, taken_as text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.take_payment(order_id, idempotency_key, taken_as);
end;
$$;
comment on function public.take_payment(uuid, uuid, text) is
  'Money at the counter for an order paid on collection, taken_as cash or card; staff of role stock. Returns the order.
   Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422), order_not_open (409:
   nothing is due), idempotency_key_reused (409).';

-- Unsettled payments -----------------------------------------------------------------------------------------

create function private.unresolved_payments()
returns table (payment_id uuid, order_id uuid, number bigint, problem text, amount_minor bigint, since timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return query
  select payment.id, orders.id, orders.number, 'refund_due', payment.refund_due_minor - payment.refunded_minor,
    payment.updated_at
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  where payment.refund_due_minor > payment.refunded_minor
  union all
  select payment.id, orders.id, orders.number, 'no_answer', payment.amount_minor, payment.deadline
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  where payment.deadline is not null and payment.status in ('pending', 'declined')
    and payment.deadline <= private.clock()
  union all
  select payment.id, orders.id, orders.number, payment.attention, payment.amount_minor, payment.updated_at
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  where payment.attention is not null
  order by 6;
end;
$$;
comment on function private.unresolved_payments() is 'See public.unresolved_payments.';

create function public.unresolved_payments()
returns table (payment_id uuid, order_id uuid, number bigint, problem text, amount_minor bigint, since timestamptz)
language sql
stable
set search_path = ''
as $$
  select * from private.unresolved_payments()
$$;
comment on function public.unresolved_payments() is
  'The queue of payments that are neither an order nor a refund yet: refund_due (money must go back), no_answer (past
   its deadline; release_expired_holds cancels its order), and those that need attention: provider_failed, disputed,
   unpaid (see payments.attention). Staff of any role.';

create function private.end_overdue_order(at timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  loop
    select orders.* into v_order
    from public.payments as payment
    join public.orders on orders.id = payment.order_id and orders.status in ('awaiting_payment', 'placed')
    where payment.status in ('due', 'pending', 'declined') and payment.deadline <= end_overdue_order.at
    order by payment.deadline
    limit 1
    for no key update of orders skip locked;
    if not found then
      return 0;
    end if;
    exit when v_order.status = 'awaiting_payment' or not private.is_being_handled(v_order.id);
    -- A staff member picks it or has handed out a part: it is expected, and no longer overdue.
    update public.payments as payment set deadline = null where payment.order_id = v_order.id;
  end loop;
  perform private.cancel_rest(v_order,
    case when v_order.status = 'placed' then 'not collected in time' else 'not paid in time' end);
  return v_order.units;
end;
$$;
comment on function private.end_overdue_order(timestamptz) is
  'Cancels one order that was not paid by its deadline, and returns its units; 0: there is none. An order paid on
   collection stays when units of it are picked or handed over.';

create function private.is_being_handled(order_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.order_items as item where item.order_id = is_being_handled.order_id and item.fulfilled > 0
  ) or exists (
    select from public.order_picks as pick where pick.order_id = is_being_handled.order_id and pick.picked > 0
  );
end;
$$;
comment on function private.is_being_handled(uuid) is 'Whether units of an order are picked or handed over.';
