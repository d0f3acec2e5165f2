set check_function_bodies = off;

ALTER TABLE "private"."payment_events" DROP CONSTRAINT "payment_events_kind_check";

ALTER TABLE "private"."payment_providers" DROP CONSTRAINT "payment_providers_answer_signed";

DROP FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer);

DROP VIEW "public"."order_queue";

DROP VIEW "public"."order_troubles";

CREATE TABLE "private"."payment_intents" ("payment_id" uuid NOT NULL, "intent_id" text NOT NULL, "state" text NOT NULL DEFAULT 'requires_payment_method'::text, "decline" text, "capture_minor" bigint, "attempts" integer NOT NULL DEFAULT 0, "lease" uuid, "failed_at" timestamp with time zone, CONSTRAINT "payment_intents_attempts_check" CHECK ((attempts >= 0)), CONSTRAINT "payment_intents_capture_minor_check" CHECK ((capture_minor > 0)), CONSTRAINT "payment_intents_decline_check" CHECK ((length(decline) <= 200)), CONSTRAINT "payment_intents_intent_id_check" CHECK ((intent_id ~ '^[A-Za-z0-9_]{1,200}$'::text)), CONSTRAINT "payment_intents_intent_id_key" UNIQUE (intent_id), CONSTRAINT "payment_intents_pkey" PRIMARY KEY (payment_id), CONSTRAINT "payment_intents_state_check" CHECK ((state ~ '^[a-z_]{1,40}$'::text)), "due_at" timestamp with time zone DEFAULT (private.clock() + '00:03:00'::interval), CONSTRAINT "intents_are_asked_until_they_are_final" CHECK (((due_at IS NOT NULL) OR (state = ANY (ARRAY['succeeded'::text, 'canceled'::text])))), "created_at" timestamp with time zone NOT NULL DEFAULT private.clock());

ALTER TABLE "private"."payment_intents" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."payment_refunds" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "payment_id" uuid NOT NULL, "amount_minor" bigint NOT NULL, "refund_id" text, "state" text NOT NULL DEFAULT 'waiting'::text, CONSTRAINT "payment_refunds_amount_minor_check" CHECK ((amount_minor > 0)), CONSTRAINT "payment_refunds_pkey" PRIMARY KEY (id), CONSTRAINT "payment_refunds_refund_id_check" CHECK ((refund_id ~ '^[A-Za-z0-9_]{1,200}$'::text)), CONSTRAINT "payment_refunds_refund_id_key" UNIQUE (refund_id), CONSTRAINT "payment_refunds_state_check" CHECK ((state ~ '^[a-z_]{1,40}$'::text)), CONSTRAINT "refunds_wait_for_an_id" CHECK (((state = 'waiting'::text) = (refund_id IS NULL))), "created_at" timestamp with time zone NOT NULL DEFAULT private.clock());

ALTER TABLE "private"."payment_refunds" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."payments" ADD COLUMN "attention" text;

ALTER TABLE "public"."payments" ADD COLUMN "provider_error" text;

CREATE TYPE "private"."intent_facts" AS ("payment_id" uuid, "intent_id" text, "known" text, "state" text, "amount_minor" bigint, "currency" text, "received_minor" bigint, "decline" text, "dispute" text, "refunds" jsonb);

create or replace function private.apply_intent(
  facts private.intent_facts, paid public.payments, ordered public.orders, intent private.payment_intents
)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if facts.state = 'succeeded' and paid.status <> 'captured' then
    return private.receive_card_money(paid, ordered, facts);
  elsif facts.state = 'requires_capture' and ordered.status = 'awaiting_payment' then
    return private.authorise_payment(paid, ordered, facts);
  elsif facts.state in ('requires_payment_method', 'canceled') and paid.status = 'authorised'
    and facts.known = 'authorised' then
    -- Asked after the authorisation was recorded: an older answer must not undo it.
    return private.lose_authorisation(paid, ordered);
  elsif facts.state in ('requires_action', 'processing') and ordered.status = 'awaiting_payment'
    and paid.status in ('pending', 'declined') then
    update public.payments
    set status = 'pending', attempt_at = coalesce(payments.attempt_at, private.clock())
    where payments.id = paid.id;
    return 'started';
  elsif facts.state = 'requires_payment_method' and paid.status = 'pending'
    and facts.decline is distinct from intent.decline then
    update public.payments set status = 'declined', attempt_at = null where payments.id = paid.id;
    insert into public.order_events (order_id, kind) values (ordered.id, 'payment_declined');
    return 'declined';
  end if;
  return 'unchanged';
end;
$$;

create or replace function private.ask_refund(paid public.payments)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_left bigint;
begin
  select paid.refund_due_minor - coalesce(sum(refund.amount_minor), 0) into v_left
  from private.payment_refunds as refund
  where refund.payment_id = paid.id and refund.state not in ('failed', 'canceled');
  if v_left > 0 then
    insert into private.payment_refunds (payment_id, amount_minor) values (paid.id, v_left);
    update private.payment_intents as intent
    set due_at = private.clock(), attempts = 0, failed_at = null
    where intent.payment_id = paid.id;
  end if;
  return greatest(v_left, 0);
end;
$$;

create or replace function private.authorise_payment(paid public.payments, ordered public.orders, facts private.intent_facts)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if (facts.amount_minor, facts.currency) is distinct from (paid.amount_minor, paid.currency) then
    perform private.cancel_rest(ordered, 'another amount was authorised');
    return 'cancelled';
  end if;
  begin
    perform private.place_paid_order(ordered, paid.amount_minor);
  exception when sqlstate 'PT409' then
    -- The hold had expired and another order needed the units: the authorisation is cancelled, nothing was charged.
    perform private.cancel_rest(ordered, 'authorised too late, units gone');
    return 'cancelled';
  end;
  update public.payments set status = 'authorised', attempt_at = null where payments.id = paid.id;
  return 'placed';
end;
$$;

create or replace function private.capture_payment(paid public.payments, ordered public.orders, amount_minor bigint)
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
    perform private.place_paid_order(ordered, capture_payment.amount_minor);
  exception when sqlstate 'PT409' then
    -- The hold had expired and another order needed the units: a refund, not an oversell.
    perform private.cancel_rest(ordered, 'paid too late, units gone');
    return 'refund_due';
  end;
  return 'placed';
end;
$$;

create or replace function private.check_authorised()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  perform from public.orders where orders.id = new.order_id for share;
  select jsonb_build_object('payment_id', payment.id, 'order', orders.status, 'intent', intent.state)
  into v_found
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  left join private.payment_intents as intent on intent.payment_id = payment.id
  where payment.id = new.id and payment.status = 'authorised'
    and (orders.status not in ('placed', 'fulfilled') or intent.due_at is null);
  if found then
    perform private.break_promise('authorised_has_units', v_found);
  end if;
  return null;
end;
$$;

create or replace function private.clear_failure(paid public.payments)
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

create or replace function private.fail_payment_work(payment_id uuid, lease uuid, error text, is_final boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  c_attempts constant integer := 12;
  v_intent private.payment_intents;
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server takes cards.');
  end if;
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

create or replace function private.give_refund(order_id uuid, idempotency_key uuid)
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

create or replace function private.intent_facts_in(facts jsonb)
returns private.intent_facts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_facts private.intent_facts;
begin
  v_facts.payment_id := private.uuid_in(facts -> 'payment_id');
  v_facts.intent_id := private.text_in(facts -> 'intent_id', 200);
  v_facts.known := private.text_in(facts -> 'known', 20);
  v_facts.state := substring(private.text_in(facts -> 'state', 40) from '^[a-z_]+$');
  v_facts.amount_minor := private.whole_in(facts -> 'amount_minor', 0, 1000000000000000);
  v_facts.currency := upper(private.text_in(facts -> 'currency', 3));
  v_facts.received_minor := private.whole_in(facts -> 'received_minor', 0, 1000000000000000);
  v_facts.decline := private.text_in(facts -> 'decline', 200);
  v_facts.dispute := private.text_in(facts -> 'dispute', 20);
  v_facts.refunds := case when jsonb_typeof(facts -> 'refunds') = 'array' then facts -> 'refunds' else '[]' end;
  if pg_column_size(facts) > 65536 or num_nulls(v_facts.payment_id, v_facts.intent_id, v_facts.known, v_facts.state,
      v_facts.amount_minor, v_facts.currency, v_facts.received_minor) > 0 then
    perform private.refuse(422, 'invalid_input', '{"field": "facts", "problem": "missing or not valid"}',
      'See record_intent for what to send.');
  end if;
  return v_facts;
end;
$$;

create or replace function private.intent_is_due()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update private.payment_intents as intent
  set due_at = private.clock(), attempts = 0, failed_at = null
  where intent.payment_id = new.id and (intent.state <> 'canceled');
  return null;
end;
$$;

create or replace function private.lose_authorisation(paid public.payments, ordered public.orders)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if ordered.status = 'placed' then
    perform private.cancel_rest(ordered, 'the authorisation of the card ended');
  end if;
  -- Units that were handed over are unpaid.
  update public.payments as payment
  set status = 'void', attention = 'unpaid'
  where payment.id = paid.id and payment.status = 'authorised';
  return 'cancelled';
end;
$$;

create or replace function private.next_look(paid public.payments, intent private.payment_intents, step jsonb)
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

create or replace function private.next_step(paid public.payments, ordered public.orders, intent private.payment_intents)
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

create or replace function private.note_stripe_event(event_id text, intent_id text, kind text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_payment uuid;
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server takes cards.');
  end if;
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

create or replace function private.offer_cards()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server takes cards.');
  end if;
  update private.payment_providers set enabled = true where provider = 'stripe' and not enabled;
  return found;
end;
$$;

create or replace function private.payment_intent(payment_id uuid, intent_id text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_payment public.payments;
  v_order public.orders;
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server takes cards.');
  end if;
  select * into v_payment from public.payments
  where payments.id = payment_intent.payment_id and payments.provider = 'stripe';
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('payment_id', payment_id),
      'It is not a card payment of this shop.');
  end if;
  if intent_id is not null then
    v_order := private.lock_order(v_payment.order_id);
    if v_order.status <> 'awaiting_payment' then
      perform private.refuse_state(v_order, 'It cannot be paid any more.');
    end if;
    insert into private.payment_intents (payment_id, intent_id)
    values (payment_intent.payment_id, payment_intent.intent_id)
    on conflict do nothing;
  end if;
  return (
    select jsonb_build_object('intent_id', intent.intent_id, 'payment_id', v_payment.id,
      'order_id', v_payment.order_id, 'status', v_payment.status)
    from private.payment_intents as intent where intent.payment_id = payment_intent.payment_id
  );
end;
$$;

create or replace function private.place_paid_order(ordered public.orders, amount_minor bigint)
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
  values (ordered.id, 'placed', jsonb_build_object('amount_minor', place_paid_order.amount_minor));
  update public.order_items as item set sold_at = v_now where item.order_id = ordered.id;
end;
$$;

create or replace function private.receive_card_money(paid public.payments, ordered public.orders, facts private.intent_facts)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if paid.status <> 'authorised' then
    -- Captured at Stripe itself, or while the order was being cancelled.
    if ordered.status = 'awaiting_payment' and facts.currency is distinct from paid.currency then
      perform private.cancel_rest(ordered, 'another amount was paid');
      ordered.status := 'cancelled';
    end if;
    return private.capture_payment(paid, ordered, facts.received_minor);
  end if;
  update public.payments as payment
  set status = 'captured', captured_minor = facts.received_minor,
    refund_due_minor = greatest(facts.received_minor - private.order_worth(ordered.id), 0)
  where payment.id = paid.id;
  insert into public.order_events (order_id, kind, detail)
  values (ordered.id, 'captured', jsonb_build_object('amount_minor', facts.received_minor));
  return 'captured';
end;
$$;

create or replace function private.record_dispute(facts private.intent_facts, paid public.payments)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if facts.dispute = 'open' and paid.attention is distinct from 'disputed' then
    update public.payments set attention = 'disputed' where payments.id = paid.id;
    insert into public.order_events (order_id, kind) values (paid.order_id, 'disputed');
  elsif facts.dispute in ('won', 'lost') and paid.attention = 'disputed' then
    update public.payments set attention = null where payments.id = paid.id;
    insert into public.order_events (order_id, kind, detail)
    values (paid.order_id, 'dispute_closed', jsonb_build_object('reason', facts.dispute));
  end if;
end;
$$;

create or replace function private.record_intent(facts jsonb)
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
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server takes cards.');
  end if;
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

create or replace function private.record_refunds(facts private.intent_facts, paid public.payments)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_refunded bigint;
  v_sent record;
begin
  for v_sent in
    select private.text_in(sent -> 'refund_id', 200) as refund_id, private.uuid_in(sent -> 'row_id') as row_id,
      private.whole_in(sent -> 'amount_minor', 1, 1000000000000000) as amount_minor,
      substring(private.text_in(sent -> 'state', 40) from '^[a-z_]+$') as state
    from jsonb_array_elements(facts.refunds) as sent
  loop
    -- A failed refund is final. Refunds that were made at Stripe itself have no row yet.
    update private.payment_refunds as refund
    set refund_id = v_sent.refund_id, state = v_sent.state
    where refund.payment_id = paid.id and refund.state not in ('failed', 'canceled')
      and (refund.refund_id = v_sent.refund_id or refund.refund_id is null and refund.id = v_sent.row_id);
    insert into private.payment_refunds (payment_id, amount_minor, refund_id, state)
    values (paid.id, v_sent.amount_minor, v_sent.refund_id, v_sent.state)
    on conflict (refund_id) do nothing;
  end loop;
  select coalesce(sum(refund.amount_minor), 0) into v_refunded
  from private.payment_refunds as refund
  where refund.payment_id = paid.id and refund.state not in ('waiting', 'failed', 'canceled');
  if v_refunded > paid.refunded_minor then
    insert into public.order_events (order_id, kind, detail)
    values (paid.order_id, 'refunded', jsonb_build_object('amount_minor', v_refunded - paid.refunded_minor));
  elsif v_refunded < paid.refunded_minor then
    insert into public.order_events (order_id, kind, detail)
    values (paid.order_id, 'refund_failed', jsonb_build_object('amount_minor', paid.refunded_minor - v_refunded));
  end if;
  update public.payments as payment
  set refunded_minor = v_refunded, refund_due_minor = greatest(payment.refund_due_minor, v_refunded)
  where payment.id = paid.id and payment.refunded_minor <> v_refunded;
end;
$$;

create or replace function private.refund_more(order_id uuid, amount_minor bigint, reason text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_payment public.payments;
  v_reason text := private.text_in(to_jsonb(reason), 200);
begin
  perform private.require_role('manager');
  if v_reason is null then
    perform private.refuse(
      422, 'invalid_input', '{"field": "reason", "problem": "not one line of 1 to 200 characters"}',
      'Say why in one line.'
    );
  end if;
  v_response := private.begin_once(idempotency_key, 'refund_more', jsonb_build_array(order_id, amount_minor, v_reason));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  select * into v_payment from public.payments where payments.order_id = v_order.id for no key update;
  if v_payment.captured_minor = v_payment.refund_due_minor then
    perform private.refuse_state(v_order, 'Nothing is left to refund.');
  end if;
  if (amount_minor between 1 and v_payment.captured_minor - v_payment.refund_due_minor) is not true then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'amount_minor', 'problem',
      'not 1 to ' || v_payment.captured_minor - v_payment.refund_due_minor), 'Refund at most the money that is left.');
  end if;
  update public.payments as payment
  set refund_due_minor = payment.refund_due_minor + refund_more.amount_minor,
    refunded_minor = payment.refunded_minor
      + case when payment.provider = 'on_collection' then refund_more.amount_minor else 0 end
  where payment.id = v_payment.id
  returning payment.* into v_payment;
  if v_payment.provider = 'stripe' then
    perform private.ask_refund(v_payment);
  end if;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, case when v_payment.provider = 'on_collection' then 'refunded' else 'refund_asked' end,
    jsonb_build_object('amount_minor', refund_more.amount_minor, 'reason', v_reason));
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.retry_payment(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
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
end;
$$;

create or replace function private.start_card_payment(payment_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server takes cards.');
  end if;
  update public.payments as payment
  set status = 'pending', attempt_at = private.clock()
  from public.orders
  where payment.id = start_card_payment.payment_id and payment.provider = 'stripe'
    and payment.status in ('pending', 'declined') and payment.deadline > private.clock()
    and orders.id = payment.order_id and orders.status = 'awaiting_payment';
  if not found then
    return false;
  end if;
  update private.payment_intents as intent
  set due_at = private.clock() + interval '30 seconds'
  where intent.payment_id = start_card_payment.payment_id;
  update public.orders set updated_at = clock_timestamp()
  where orders.id = (select payment.order_id from public.payments as payment where payment.id = payment_id);
  return true;
end;
$$;

create or replace function private.take_payment_work(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_taken uuid[];
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server takes cards.');
  end if;
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

create or replace function private.unresolved_payments()
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

create or replace function public.fail_payment_work(payment_id uuid, lease uuid, error text, is_final boolean default false)
returns boolean
language sql
set search_path = ''
as $$
  select private.fail_payment_work(payment_id, lease, error, is_final)
$$;

REVOKE ALL ON FUNCTION "public"."fail_payment_work"(uuid, uuid, text, boolean) FROM "anon";

REVOKE ALL ON FUNCTION "public"."fail_payment_work"(uuid, uuid, text, boolean) FROM "authenticated";

create or replace function public.note_stripe_event(event_id text, intent_id text, kind text)
returns jsonb
language sql
set search_path = ''
as $$
  select private.note_stripe_event(event_id, intent_id, kind)
$$;

REVOKE ALL ON FUNCTION "public"."note_stripe_event"(text, text, text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."note_stripe_event"(text, text, text) FROM "authenticated";

create or replace function public.offer_cards()
returns boolean
language sql
set search_path = ''
as $$
  select private.offer_cards()
$$;

REVOKE ALL ON FUNCTION "public"."offer_cards"() FROM "anon";

REVOKE ALL ON FUNCTION "public"."offer_cards"() FROM "authenticated";

create or replace function public.payment_intent(payment_id uuid, intent_id text default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.payment_intent(payment_id, intent_id)
$$;

REVOKE ALL ON FUNCTION "public"."payment_intent"(uuid, text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."payment_intent"(uuid, text) FROM "authenticated";

create or replace function public.record_intent(facts jsonb)
returns jsonb
language sql
set search_path = ''
as $$
  select private.record_intent(facts)
$$;

REVOKE ALL ON FUNCTION "public"."record_intent"(jsonb) FROM "anon";

REVOKE ALL ON FUNCTION "public"."record_intent"(jsonb) FROM "authenticated";

create or replace function public.refund_more(order_id uuid, amount_minor bigint, reason text, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.refund_more(order_id, amount_minor, reason, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."refund_more"(uuid, bigint, text, uuid) FROM "anon";

create or replace function public.retry_payment(order_id uuid, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.retry_payment(order_id, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."retry_payment"(uuid, uuid) FROM "anon";

create or replace function public.start_card_payment(payment_id uuid)
returns boolean
language sql
set search_path = ''
as $$
  select private.start_card_payment(payment_id)
$$;

REVOKE ALL ON FUNCTION "public"."start_card_payment"(uuid) FROM "anon";

REVOKE ALL ON FUNCTION "public"."start_card_payment"(uuid) FROM "authenticated";

create or replace function public.take_payment_work(at_most integer default 20)
returns jsonb
language sql
set search_path = ''
as $$
  select private.take_payment_work(at_most)
$$;

REVOKE ALL ON FUNCTION "public"."take_payment_work"(integer) FROM "anon";

REVOKE ALL ON FUNCTION "public"."take_payment_work"(integer) FROM "authenticated";

ALTER TABLE "private"."payment_events" ADD CONSTRAINT "payment_events_kind_check" CHECK ((kind ~ '^[a-z_.]{1,80}$'::text));

ALTER TABLE "private"."payment_intents" ADD CONSTRAINT "payment_intents_payment_id_fkey" FOREIGN KEY (payment_id) REFERENCES public.payments(id);

ALTER TABLE "private"."payment_providers" ADD CONSTRAINT "payment_providers_answer_signed" CHECK (((provider = 'on_collection'::public.payment_provider) OR ((deadline IS NOT NULL) AND ((provider = 'stripe'::public.payment_provider) OR (secret IS NOT NULL)))));

insert into private.payment_providers (provider, enabled, secret, deadline) values ('stripe', false, null, '15 minutes');

ALTER TABLE "private"."payment_refunds" ADD CONSTRAINT "payment_refunds_payment_id_fkey" FOREIGN KEY (payment_id) REFERENCES public.payments(id);

ALTER TABLE "public"."payments" ADD CONSTRAINT "payments_attention_check" CHECK ((attention = ANY (ARRAY['provider_failed'::text, 'disputed'::text, 'unpaid'::text])));

ALTER TABLE "public"."payments" ADD CONSTRAINT "payments_provider_error_check" CHECK ((length(provider_error) <= 500));

create or replace view public.order_troubles with (security_invoker = true) as
select payment.order_id, 'refund_due' as trouble, payment.updated_at as since
from public.payments as payment
where payment.refund_due_minor > payment.refunded_minor
union all
select payment.order_id, 'no_answer', payment.deadline
from public.payments as payment
where payment.status in ('pending', 'declined') and payment.deadline <= now()
union all
select payment.order_id, payment.attention, payment.updated_at
from public.payments as payment
where payment.attention is not null
union all
select item.order_id, 'short', short.created_at
from public.order_shorts as short
join public.order_items as item on item.id = short.order_item_id
where short.cancelled > 0 and short.told_at is null
union all
select item.order_id, 'inspect', back.created_at
from public.order_returns as back
join public.order_items as item on item.id = back.order_item_id
where back.outcome = 'inspect';

create or replace view public.order_queue with (security_invoker = true) as
select
  orders.id as order_id,
  orders.number,
  orders.name,
  orders.email,
  orders.delivery,
  orders.collect_at,
  orders.status,
  case
    when orders.status <> 'placed' then orders.status::text
    when work.to_pick > 0 then 'to_pick'
    else 'ready'
  end as stage,
  orders.units,
  coalesce(work.to_pick, 0)::integer as to_pick,
  coalesce(work.ready, 0)::integer as ready,
  coalesce(work.scanned, 0)::integer as scanned,
  coalesce(work.locations, '{}') as locations,
  orders.currency,
  orders.total_minor,
  payment.provider,
  payment.status as payment,
  array(
    select distinct order_troubles.trouble
    from public.order_troubles
    where order_troubles.order_id = orders.id
  ) as troubles,
  picking.picker,
  picking.leased_until,
  orders.created_at,
  orders.version + coalesce(picking.version, 0) as version
from public.orders
join public.payments as payment on payment.order_id = orders.id
left join public.order_picking as picking on picking.order_id = orders.id
cross join lateral (
  select
    sum(line.quantity - line.picked) as to_pick,
    sum(line.picked - line.fulfilled) as ready,
    sum(line.scanned) as scanned,
    array_agg(distinct line.location_id) filter (where line.fulfilled < line.quantity) as locations
  from (
    select claims.location_id, claims.quantity, claims.fulfilled, coalesce(pick.picked, 0) as scanned,
      greatest(claims.fulfilled, coalesce(pick.picked, 0)) as picked
    from public.order_items as item
    join public.claims on claims.order_item_id = item.id and claims.expires_at is null
    left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
    where item.order_id = orders.id and orders.status = 'placed'
  ) as line
) as work;

create or replace function public.search_orders(
  query text default null, stage text default null, paid boolean default null, location_id uuid default null,
  after uuid default null, size integer default 50
)
returns setof public.order_queue
language plpgsql
stable
set search_path = ''
-- Absent filters fold away, and the indexes of open and cancelled orders fit only when the plan knows the status.
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_size integer := least(greatest(search_orders.size, 1), 200);
  v_words text := nullif(lower(trim(search_orders.query)), '');
  v_number bigint := substring(v_words from '^#?(\d{1,18})$')::bigint;
  v_like text := '%' || replace(replace(replace(v_words, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_status public.order_status := case
    when search_orders.stage in ('to_pick', 'ready') then 'placed'
    when search_orders.stage in ('awaiting_payment', 'fulfilled', 'cancelled') then search_orders.stage
  end;
  v_after public.orders;
begin
  select * into v_after from public.orders where orders.id = search_orders.after;

  if search_orders.stage in ('awaiting_payment', 'to_pick', 'ready', 'trouble') then
    -- Orders that need work: few, oldest first.
    return query
    select queue.*
    from public.order_queue as queue
    where (v_status is null or queue.status = v_status and queue.stage = search_orders.stage)
      and (search_orders.stage <> 'trouble'
        or queue.order_id in (select order_troubles.order_id from public.order_troubles))
      and (v_words is null or queue.number = v_number or lower(queue.name || ' ' || queue.email) like v_like)
      and (search_orders.paid is null or (queue.payment = 'captured') = search_orders.paid)
      and (search_orders.location_id is null or search_orders.location_id = any (queue.locations))
      and (v_after.id is null or (queue.created_at, queue.order_id) > (v_after.created_at, v_after.id))
    order by queue.created_at, queue.order_id
    limit v_size;
  else
    -- All other orders, newest first.
    return query
    select queue.*
    from public.order_queue as queue
    where (v_status is null or queue.status = v_status)
      and (v_words is null or queue.number = v_number or lower(queue.name || ' ' || queue.email) like v_like)
      and (search_orders.paid is null or (queue.payment = 'captured') = search_orders.paid)
      and (search_orders.location_id is null or search_orders.location_id = any (queue.locations))
      and (v_after.id is null or (queue.created_at, queue.order_id) < (v_after.created_at, v_after.id))
    order by queue.created_at desc, queue.order_id desc
    limit v_size;
  end if;
end;
$$;

REVOKE ALL ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) FROM "anon";

REVOKE ALL ON TABLE "public"."order_queue" FROM "anon";

REVOKE ALL ON TABLE "public"."order_troubles" FROM "anon";

CREATE INDEX payment_refunds_by_payment ON private.payment_refunds USING btree (payment_id);

CREATE INDEX payments_attention ON public.payments USING btree (updated_at) WHERE (attention IS NOT NULL);

CREATE CONSTRAINT TRIGGER authorised_has_units AFTER INSERT OR UPDATE ON public.payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status = 'authorised'::public.payment_status)) EXECUTE FUNCTION private.check_authorised();

CREATE TRIGGER payments_have_a_next_step AFTER UPDATE ON public.payments FOR EACH ROW WHEN (((new.provider = 'stripe'::public.payment_provider) AND ((old.status IS DISTINCT FROM new.status) OR (old.refund_due_minor IS DISTINCT FROM new.refund_due_minor)))) EXECUTE FUNCTION private.intent_is_due();

COMMENT ON COLUMN "private"."payment_intents"."capture_minor" IS 'The amount that Stripe was asked to capture. It never changes, so that a repeated request is the same one.';

COMMENT ON COLUMN "private"."payment_intents"."decline" IS 'The last decline that was counted, as Stripe names it.';

COMMENT ON COLUMN "private"."payment_intents"."failed_at" IS 'When the attempts were given up. It is asked about every six hours; a manager has it tried at once.';

COMMENT ON COLUMN "private"."payment_intents"."lease" IS 'The server''s receipt for the attempt in progress.';

COMMENT ON COLUMN "private"."payment_intents"."state" IS 'The status that Stripe named last.';

COMMENT ON COLUMN "private"."payment_providers"."secret" IS 'The key the provider signs its webhooks with. NULL for stripe: the shop''s server has that key, and checks.';

COMMENT ON COLUMN "public"."payments"."attention" IS 'Why staff have to look at it. provider_failed: the provider could not do a step, see provider_error. disputed: the
   cardholder disputes it. unpaid: goods were handed over and the authorisation is lost. NULL: nothing to do.';

COMMENT ON COLUMN "public"."payments"."provider_error" IS 'The provider''s answer to the last attempt of a step that failed; NULL when it was done.';

COMMENT ON FUNCTION "private"."apply_intent"(private.intent_facts, public.payments, public.orders, private.payment_intents) IS 'Does what facts mean for an order and returns the effect: placed, cancelled, captured, refund_due, started, declined,
   unchanged. Every state can be recorded at any time, any number of times. The caller has locked order and payment.';

COMMENT ON FUNCTION "private"."ask_refund"(public.payments) IS 'Has the server refund to the card the amount that is due and not asked for yet, and returns it. The caller has locked
   the payment.';

COMMENT ON FUNCTION "private"."authorise_payment"(public.payments, public.orders, private.intent_facts) IS 'Gives an order its units when its card is authorised, or cancels the order. Nothing is captured before.';

COMMENT ON FUNCTION "private"."check_authorised"() IS 'An authorised payment belongs to an order that has its units, and a server will capture it.';

COMMENT ON FUNCTION "private"."clear_failure"(public.payments) IS 'Nothing is left to do at the provider: earlier failures do not count.';

COMMENT ON FUNCTION "private"."fail_payment_work"(uuid, uuid, text, boolean) IS 'See public.fail_payment_work.';

COMMENT ON FUNCTION "private"."intent_facts_in"(jsonb) IS 'Reads facts from known keys. Raises invalid_input (422).';

COMMENT ON FUNCTION "private"."intent_is_due"() IS 'Trigger of payments: a change may mean a step at Stripe, so a server looks at once.';

COMMENT ON FUNCTION "private"."lose_authorisation"(public.payments, public.orders) IS 'An authorisation that ended before the money was captured: units that are still here go back on the shelf.';

COMMENT ON FUNCTION "private"."next_look"(public.payments, private.payment_intents, jsonb) IS 'When Stripe is asked again, also if the server that knows the step is killed. NULL: nothing can change there.';

COMMENT ON FUNCTION "private"."next_step"(public.payments, public.orders, private.payment_intents) IS 'The step at Stripe that follows from the rows: {step: capture | cancel | refund, amount_minor, key}; NULL for none.
   The same rows give the same step with the same key.';

COMMENT ON FUNCTION "private"."note_stripe_event"(text, text, text) IS 'See public.note_stripe_event.';

COMMENT ON FUNCTION "private"."offer_cards"() IS 'See public.offer_cards.';

COMMENT ON FUNCTION "private"."payment_intent"(uuid, text) IS 'See public.payment_intent.';

COMMENT ON FUNCTION "private"."place_paid_order"(public.orders, bigint) IS 'Places an order whose payment is authorised or captured: its units are committed. Raises not_enough_left (409) when
   the hold has expired and another order needed them. The caller has locked the order.';

COMMENT ON FUNCTION "private"."receive_card_money"(public.payments, public.orders, private.intent_facts) IS 'Books captured money. Units that were cancelled since the authorisation are due for refund.';

COMMENT ON FUNCTION "private"."record_dispute"(private.intent_facts, public.payments) IS 'A dispute that is open needs attention; a closed one does not.';

COMMENT ON FUNCTION "private"."record_intent"(jsonb) IS 'See public.record_intent.';

COMMENT ON FUNCTION "private"."record_refunds"(private.intent_facts, public.payments) IS 'Brings the refunds of a captured payment in line with Stripe''s. A refund made at Stripe counts as due here too.';

COMMENT ON FUNCTION "private"."refund_more"(uuid, bigint, text, uuid) IS 'See public.refund_more.';

COMMENT ON FUNCTION "private"."retry_payment"(uuid, uuid) IS 'See public.retry_payment.';

COMMENT ON FUNCTION "private"."start_card_payment"(uuid) IS 'See public.start_card_payment.';

COMMENT ON FUNCTION "private"."take_payment_work"(integer) IS 'See public.take_payment_work.';

COMMENT ON FUNCTION "public"."fail_payment_work"(uuid, uuid, text, boolean) IS 'Ends an attempt that failed: it is due again, later each time. After twelve, or when is_final (Stripe refuses the
   step), the payment needs attention. Returns false and changes nothing when the lease is not the current one. For the
   secret key. Raises role_required (403).';

COMMENT ON FUNCTION "public"."give_refund"(uuid, uuid) IS 'Refunds everything that is due of an order; managers. A payment at the counter is recorded as refunded at once. For
   the sandbox only the decision is recorded: the caller then asks it, and its signed event records the refund. A refund
   to a card is made by the shop''s server, again and again until Stripe has it.
   Returns the order. Raises role_required (403), not_found (404), order_not_open (409: nothing is due back),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."note_stripe_event"(text, text, text) IS 'An event of Stripe whose signature was checked: the intent it names is due now. Each event counts once. Returns what
   payment_intent returns; NULL for an intent of another shop and for an event that is known. For the secret key. Raises
   role_required (403).';

COMMENT ON FUNCTION "public"."offer_cards"() IS 'Lets orders be paid by card: called by a server that has the keys of Stripe. Returns whether they could not before.
   For the secret key. Raises role_required (403).';

COMMENT ON FUNCTION "public"."payment_intent"(uuid, text) IS 'The PaymentIntent of a card payment: {intent_id, payment_id, order_id, status}; NULL while it has none. With
   intent_id, that becomes its intent if it has none. For the secret key. Raises role_required (403), not_found (404),
   order_not_open (409).';

COMMENT ON FUNCTION "public"."record_intent"(jsonb) IS 'Records a PaymentIntent as Stripe has it now: {payment_id, intent_id, known (the status of the payment here before
   Stripe was asked), state, amount_minor, currency, received_minor, decline?, dispute?: open | won | lost, refunds:
   [{refund_id, row_id?, amount_minor, state}]}. Returns {effect, order_id, status, currency} and the step to do at
   Stripe, if any: {step: capture | cancel | refund, amount_minor, key}. For the secret key. Raises role_required (403),
   not_found (404), invalid_input (422), busy (503).';

COMMENT ON FUNCTION "public"."refund_more"(uuid, bigint, text, uuid) IS 'Refunds a part of a payment, or all of it, that no cancellation or return made due: goodwill. amount_minor is at most
   the captured money that is not due for refund yet, reason one line of 1 to 200 characters for the timeline; managers.
   Returns the order. Raises role_required (403), not_found (404), order_not_open (409: nothing is left), invalid_input
   (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."retry_payment"(uuid, uuid) IS 'Has the provider asked again at once after a step was given up; managers. Returns the order. Raises role_required
   (403), not_found (404), order_not_open (409: no step has failed), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) IS 'A page of public.order_queue: rows after the order `after`, up to size (1 to 200). query: an order number, or part
   of a name or e-mail address. stage: one of the view''s, or trouble; oldest first for orders that need work, newest
   first for the rest. paid: whether it is paid. location_id: orders with units there. Staff; buyers see their own.';

COMMENT ON FUNCTION "public"."start_card_payment"(uuid) IS 'Records that the buyer begins to pay by card, so that no other page offers to pay at the same time. Returns whether
   it can be paid. For the secret key. Raises role_required (403).';

COMMENT ON FUNCTION "public"."take_payment_work"(integer) IS 'The PaymentIntents to ask Stripe about, the longest due first, at most so many (1 to 100): [{payment_id, intent_id,
   lease, order_id, status}]. Each is leased for a minute: record_intent without a step or fail_payment_work ends the
   lease, or it is due again. For the secret key. Raises role_required (403).';

COMMENT ON FUNCTION "public"."unresolved_payments"() IS 'The queue of payments that are neither an order nor a refund yet: refund_due (money must go back), no_answer (past
   its deadline; release_expired_holds cancels its order), and those that need attention: provider_failed, disputed,
   unpaid (see payments.attention). Staff of any role.';

COMMENT ON TABLE "private"."payment_intents" IS 'The PaymentIntent of a card payment and the work on it. One per payment. Written by schemas/payments/ only.';

COMMENT ON TABLE "private"."payment_refunds" IS 'Refunds to cards, also those made at Stripe itself. id is the idempotency key there; waiting until Stripe has it.';

COMMENT ON TYPE "private"."intent_facts" IS 'A PaymentIntent as it was read from Stripe. known: the status the payment had here before Stripe was asked.';

COMMENT ON TYPE "public"."payment_provider" IS 'on_collection: money changes hands at the counter. sandbox: a provider that answers by signed webhooks. stripe: a
   card is authorised, then charged (schemas/payments/intents.sql).';

COMMENT ON TYPE "public"."payment_status" IS 'due: at the counter. pending: the provider was asked. declined: may be tried again until the deadline. authorised:
   the card is good for the amount, the order has its units, and the money is being captured. captured: we have the
   money. void: nobody will pay any more.';

COMMENT ON VIEW "public"."order_queue" IS 'One row per order as the queue shows it. stage: awaiting_payment, to_pick (units still lie on a shelf), ready (all
   that is open lies in the box), fulfilled, cancelled. scanned: the sum of its order_picks. locations: where units of
   it are. version grows with every change but those of time. Invoker''s rights: buyers see nothing but their own.';

COMMENT ON VIEW "public"."order_troubles" IS 'Orders that need a decision: refund_due (a refund is due), no_answer (unpaid past its deadline), short (the customer
   does not know yet that units are missing), inspect (returned units await inspection), and provider_failed, disputed,
   unpaid (see payments.attention). Invoker''s rights.';

REVOKE ALL ON FUNCTION "private"."apply_intent"(private.intent_facts, public.payments, public.orders, private.payment_intents) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."ask_refund"(public.payments) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."authorise_payment"(public.payments, public.orders, private.intent_facts) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."check_authorised"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."clear_failure"(public.payments) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."fail_payment_work"(uuid, uuid, text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fail_payment_work"(uuid, uuid, text, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "private"."intent_facts_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."intent_is_due"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lose_authorisation"(public.payments, public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."next_look"(public.payments, private.payment_intents, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."next_step"(public.payments, public.orders, private.payment_intents) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_stripe_event"(text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."note_stripe_event"(text, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."offer_cards"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."offer_cards"() TO "service_role";

REVOKE ALL ON FUNCTION "private"."payment_intent"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."payment_intent"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."place_paid_order"(public.orders, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."receive_card_money"(public.payments, public.orders, private.intent_facts) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_dispute"(private.intent_facts, public.payments) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_intent"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."record_intent"(jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "private"."record_refunds"(private.intent_facts, public.payments) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refund_more"(uuid, bigint, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refund_more"(uuid, bigint, text, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."refund_more"(uuid, bigint, text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."retry_payment"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."retry_payment"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."retry_payment"(uuid, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."start_card_payment"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."start_card_payment"(uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."take_payment_work"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."take_payment_work"(integer) TO "service_role";

REVOKE ALL ON FUNCTION "public"."fail_payment_work"(uuid, uuid, text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."fail_payment_work"(uuid, uuid, text, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "public"."note_stripe_event"(text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."note_stripe_event"(text, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."offer_cards"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."offer_cards"() TO "service_role";

REVOKE ALL ON FUNCTION "public"."payment_intent"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."payment_intent"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."record_intent"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."record_intent"(jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "public"."refund_more"(uuid, bigint, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."refund_more"(uuid, bigint, text, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."refund_more"(uuid, bigint, text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."retry_payment"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."retry_payment"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."retry_payment"(uuid, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) TO "service_role";

REVOKE ALL ON FUNCTION "public"."start_card_payment"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."start_card_payment"(uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."take_payment_work"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."take_payment_work"(integer) TO "service_role";

REVOKE ALL ON TABLE "public"."order_queue" FROM "authenticated";

GRANT SELECT ON TABLE "public"."order_queue" TO "authenticated";

REVOKE ALL ON TABLE "public"."order_queue" FROM "service_role";

GRANT SELECT ON TABLE "public"."order_queue" TO "service_role";

REVOKE ALL ON TABLE "public"."order_troubles" FROM "authenticated";

GRANT SELECT ON TABLE "public"."order_troubles" TO "authenticated";

REVOKE ALL ON TABLE "public"."order_troubles" FROM "service_role";

GRANT SELECT ON TABLE "public"."order_troubles" TO "service_role";

CREATE INDEX payment_intents_due ON private.payment_intents USING btree (due_at) WHERE (due_at IS NOT NULL);

COMMENT ON COLUMN "private"."payment_intents"."due_at" IS 'When a server asks Stripe again. NULL: it is final.';

reset check_function_bodies;
