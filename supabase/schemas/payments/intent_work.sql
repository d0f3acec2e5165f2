-- The work on PaymentIntents: a server takes those that are due, asks Stripe, records the facts, and does the step that
-- follows from them. Refusals: role_required, not_found, invalid_input, idempotency_key_reused, busy.

create function private.next_step(paid public.payments, ordered public.orders, intent private.payment_intents)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_refund private.payment_refunds;
begin
  if paid.status = 'authorised' and intent.state = 'requires_capture' then
    update private.payment_intents
    -- (An order whose units all came back before: captured as it was authorised, and refunded.)
    set capture_minor = coalesce(
      payment_intents.capture_minor, nullif(private.order_worth(ordered.id), 0), paid.amount_minor
    )
    where payment_intents.payment_id = paid.id
    returning payment_intents.capture_minor into intent.capture_minor;
    return jsonb_build_object('step', 'capture', 'amount_minor', intent.capture_minor, 'key', 'capture-' || paid.id);
  elsif paid.status = 'void' and intent.state not in ('canceled', 'succeeded') then
    return jsonb_build_object('step', 'cancel', 'key', 'cancel-' || paid.id);
  elsif paid.status = 'captured' then
    if ordered.status = 'cancelled' then
      perform private.ask_refund(paid);
    end if;
    select * into v_refund from private.payment_refunds as refund
    where refund.payment_id = paid.id and refund.state = 'waiting'
    order by refund.created_at, refund.id limit 1;
    if found then
      return jsonb_build_object('step', 'refund', 'amount_minor', v_refund.amount_minor, 'key', v_refund.id);
    end if;
  end if;
  return null;
end;
$$;
comment on function private.next_step(public.payments, public.orders, private.payment_intents) is
  'The step at Stripe that follows from the rows: {step: capture | cancel | refund, amount_minor, key}; NULL for none.
   The same rows give the same step with the same key.';

create function private.next_look(paid public.payments, intent private.payment_intents, step jsonb)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.clock() + case
    when step is not null then interval '1 minute'
    when intent.state = 'canceled' then null
    when intent.state = 'succeeded' then case when exists (
      select from private.payment_refunds as refund
      where refund.payment_id = paid.id and refund.state in ('pending', 'requires_action')
    ) then interval '1 hour' end
    when intent.state in ('requires_action', 'processing') then interval '1 minute'
    else interval '3 minutes'
  end;
end;
$$;
comment on function private.next_look(public.payments, private.payment_intents, jsonb) is
  'When Stripe is asked again, also if the server that knows the step is killed. NULL: nothing can change there.';

create function private.record_intent(facts jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_facts private.intent_facts;
  v_payment public.payments;
  v_order public.orders;
  v_intent private.payment_intents;
  v_effect text;
  v_step jsonb;
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
  v_facts := private.intent_facts_in(facts);
  select payment.* into v_payment from public.payments as payment
  join private.payment_intents as intent on intent.payment_id = payment.id and intent.intent_id = v_facts.intent_id
  where payment.id = v_facts.payment_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('payment_id', v_facts.payment_id),
      'It is not the intent of this payment.');
  end if;
  v_order := private.lock_order(v_payment.order_id);
  select * into v_payment from public.payments where payments.id = v_payment.id for no key update;
  select * into v_intent from private.payment_intents as intent
  where intent.payment_id = v_payment.id for no key update;

  v_effect := private.apply_intent(v_facts, v_payment, v_order, v_intent);
  select * into v_payment from public.payments where payments.id = v_payment.id;
  select * into v_order from public.orders where orders.id = v_order.id;
  if v_payment.status = 'captured' then
    perform private.record_refunds(v_facts, v_payment);
    perform private.record_dispute(v_facts, v_payment);
    select * into v_payment from public.payments where payments.id = v_payment.id;
  end if;
  -- Both are final: an older answer does not change them.
  v_intent.state := case when v_intent.state in ('succeeded', 'canceled') then v_intent.state else v_facts.state end;
  v_step := private.next_step(v_payment, v_order, v_intent);
  update private.payment_intents as intent
  set state = v_intent.state, decline = coalesce(v_facts.decline, intent.decline),
    -- The server that does the step ends its lease, also when the step fails.
    lease = case when v_step is not null then intent.lease end,
    due_at = private.next_look(v_payment, v_intent, v_step)
  where intent.payment_id = v_payment.id;
  if v_step is null then
    perform private.clear_failure(v_payment);
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  return coalesce(v_step, '{}')
    || jsonb_build_object('effect', v_effect, 'order_id', v_order.id, 'status', v_payment.status,
      'currency', v_payment.currency);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.record_intent(jsonb) is 'See public.record_intent.';

create function private.clear_failure(paid public.payments)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.payment_intents as intent set attempts = 0, failed_at = null
  where intent.payment_id = paid.id and (intent.attempts > 0 or intent.failed_at is not null);
  update public.payments as payment
  set provider_error = null, attention = nullif(payment.attention, 'provider_failed')
  where payment.id = paid.id and (payment.provider_error is not null or payment.attention = 'provider_failed');
end;
$$;
comment on function private.clear_failure(public.payments) is
  'Nothing is left to do at the provider: earlier failures do not count.';

create function public.record_intent(facts jsonb)
returns jsonb
language sql
set search_path = ''
as $$
  select private.record_intent(facts)
$$;
comment on function public.record_intent(jsonb) is
  'Records a PaymentIntent as Stripe has it now: {payment_id, intent_id, known (the status of the payment here before
   Stripe was asked), state, amount_minor, currency, received_minor, decline?, dispute?: open | won | lost, refunds:
   [{refund_id, row_id?, amount_minor, state}]}. Returns {effect, order_id, status, currency} and the step to do at
   Stripe, if any: {step: capture | cancel | refund, amount_minor, key}. For the secret key. Raises role_required (403),
   not_found (404), invalid_input (422), busy (503).';

create function private.take_payment_work(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_taken uuid[];
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
  with due as (
    select intent.payment_id from private.payment_intents as intent
    where intent.due_at <= private.clock()
    order by intent.due_at limit least(greatest(coalesce(take_payment_work.at_most, 20), 1), 100)
    for update skip locked
  ), taken as (
    update private.payment_intents as intent
    set lease = gen_random_uuid(), due_at = private.clock() + interval '1 minute'
    from due
    where intent.payment_id = due.payment_id
    returning intent.payment_id
  )
  select array_agg(taken.payment_id) into v_taken from taken;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('payment_id', intent.payment_id, 'intent_id', intent.intent_id,
      'lease', intent.lease, 'order_id', payment.order_id, 'status', payment.status)), '[]')
    from private.payment_intents as intent
    join public.payments as payment on payment.id = intent.payment_id
    where intent.payment_id = any (v_taken)
  );
end;
$$;
comment on function private.take_payment_work(integer) is 'See public.take_payment_work.';

create function public.take_payment_work(at_most integer default 20)
returns jsonb
language sql
set search_path = ''
as $$
  select private.take_payment_work(at_most)
$$;
comment on function public.take_payment_work(integer) is
  'The PaymentIntents to ask Stripe about, the longest due first, at most so many (1 to 100): [{payment_id, intent_id,
   lease, order_id, status}]. Each is leased for a minute: record_intent without a step or fail_payment_work ends the
   lease, or it is due again. For the secret key. Raises role_required (403).';

create function private.fail_payment_work(payment_id uuid, lease uuid, error text, is_final boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  c_attempts constant integer := 12;
  v_intent private.payment_intents;
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
  update private.payment_intents as intent
  set lease = null, attempts = intent.attempts + 1,
    failed_at = case when is_final or intent.attempts + 1 >= c_attempts then private.clock() end,
    -- 15 s, 30 s, 1 min … at most an hour: twelve attempts are spread over five hours.
    due_at = private.clock() + case
      when is_final or intent.attempts + 1 >= c_attempts then interval '6 hours'
      else least(interval '15 seconds' * power(2, least(intent.attempts, 10)), interval '1 hour')
    end
  where intent.payment_id = fail_payment_work.payment_id and intent.lease = fail_payment_work.lease
  returning intent.* into v_intent;
  if not found then
    return false;
  end if;
  update public.payments as payment
  set provider_error = left(fail_payment_work.error, 500),
    attention = case when v_intent.failed_at is not null then coalesce(payment.attention, 'provider_failed')
      else payment.attention end
  where payment.id = fail_payment_work.payment_id;
  update public.orders set updated_at = clock_timestamp()
  where v_intent.failed_at is not null and orders.id = (
    select payment.order_id from public.payments as payment where payment.id = fail_payment_work.payment_id
  );
  return true;
end;
$$;
comment on function private.fail_payment_work(uuid, uuid, text, boolean) is 'See public.fail_payment_work.';

create function public.fail_payment_work(payment_id uuid, lease uuid, error text, is_final boolean default false)
returns boolean
language sql
set search_path = ''
as $$
  select private.fail_payment_work(payment_id, lease, error, is_final)
$$;
comment on function public.fail_payment_work(uuid, uuid, text, boolean) is
  'Ends an attempt that failed: it is due again, later each time. After twelve, or when is_final (Stripe refuses the
   step), the payment needs attention. Returns false and changes nothing when the lease is not the current one. For the
   secret key. Raises role_required (403).';

create function private.note_stripe_event(event_id text, intent_id text, kind text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_payment uuid;
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
  select intent.payment_id into v_payment
  from private.payment_intents as intent where intent.intent_id = note_stripe_event.intent_id;
  if v_payment is null then
    return null;
  end if;
  insert into private.payment_events (provider, event_id, payment_id, kind, amount_minor, effect)
  values ('stripe', note_stripe_event.event_id, v_payment, note_stripe_event.kind, 0, 'asked')
  on conflict do nothing;
  if not found then
    return null;
  end if;
  update private.payment_intents as intent
  set due_at = private.clock()
  where intent.payment_id = v_payment;
  return private.payment_intent(v_payment, null);
end;
$$;
comment on function private.note_stripe_event(text, text, text) is 'See public.note_stripe_event.';

create function public.note_stripe_event(event_id text, intent_id text, kind text)
returns jsonb
language sql
set search_path = ''
as $$
  select private.note_stripe_event(event_id, intent_id, kind)
$$;
comment on function public.note_stripe_event(text, text, text) is
  'An event of Stripe whose signature was checked: the intent it names is due now. Each event counts once. Returns what
   payment_intent returns; NULL for an intent of another shop and for an event that is known. For the secret key. Raises
   role_required (403).';

create function private.retry_payment(order_id uuid, idempotency_key uuid)
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
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'retry_payment', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  update private.payment_intents as intent
  set due_at = private.clock(), attempts = 0, failed_at = null
  from public.payments as payment
  where payment.order_id = v_order.id and payment.attention = 'provider_failed' and intent.payment_id = payment.id;
  if not found then
    perform private.refuse_state(v_order, 'No step of its payment has failed.');
  end if;
  update public.payments as payment set attention = null where payment.order_id = v_order.id;
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind) values (v_order.id, 'payment_retried');
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.retry_payment(uuid, uuid) is 'See public.retry_payment.';

create function public.retry_payment(order_id uuid, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.retry_payment(order_id, idempotency_key)
$$;
comment on function public.retry_payment(uuid, uuid) is
  'Has the provider asked again at once after a step was given up; managers. Returns the order. Raises role_required
   (403), not_found (404), order_not_open (409: no step has failed), idempotency_key_reused (409), busy (503).';

revoke execute on function public.record_intent(jsonb), public.take_payment_work(integer),
  public.fail_payment_work(uuid, uuid, text, boolean), public.note_stripe_event(text, text, text)
from public, anon, authenticated;
revoke execute on function public.retry_payment(uuid, uuid) from public, anon;
grant execute on function public.record_intent(jsonb), private.record_intent(jsonb),
  public.take_payment_work(integer), private.take_payment_work(integer),
  public.fail_payment_work(uuid, uuid, text, boolean), private.fail_payment_work(uuid, uuid, text, boolean),
  public.note_stripe_event(text, text, text), private.note_stripe_event(text, text, text)
to service_role;
grant execute on function public.retry_payment(uuid, uuid), private.retry_payment(uuid, uuid)
to authenticated, service_role;
