-- The state of a PaymentIntent as Stripe has it, and what it means for the order. Refusals: role_required, not_found,
-- invalid_input, busy.

create type private.intent_facts as (
  payment_id uuid, intent_id text, known text, state text, amount_minor bigint, currency text, received_minor bigint,
  decline text, dispute text, refunds jsonb
);
comment on type private.intent_facts is
  'A PaymentIntent as it was read from Stripe. known: the status the payment had here before Stripe was asked.';

create function private.intent_facts_in(facts jsonb)
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
comment on function private.intent_facts_in(jsonb) is 'Reads facts from known keys. Raises invalid_input (422).';

create function private.authorise_payment(paid public.payments, ordered public.orders, facts private.intent_facts)
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
    perform private.place_paid_order(ordered, jsonb_build_object('authorised_minor', paid.amount_minor));
  exception when sqlstate 'PT409' then
    -- The hold had expired and another order needed the units: the authorisation is cancelled, nothing was charged.
    perform private.cancel_rest(ordered, 'authorised too late, units gone');
    return 'cancelled';
  end;
  update public.payments set status = 'authorised', attempt_at = null where payments.id = paid.id;
  return 'placed';
end;
$$;
comment on function private.authorise_payment(public.payments, public.orders, private.intent_facts) is
  'Gives an order its units when its card is authorised, or cancels the order. Nothing is captured before.';

create function private.receive_card_money(paid public.payments, ordered public.orders, facts private.intent_facts)
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
comment on function private.receive_card_money(public.payments, public.orders, private.intent_facts) is
  'Books captured money. Units that were cancelled since the authorisation are due for refund.';

create function private.lose_authorisation(paid public.payments, ordered public.orders)
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
comment on function private.lose_authorisation(public.payments, public.orders) is
  'An authorisation that ended before the money was captured: units that are still here go back on the shelf.';

create function private.apply_intent(
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
comment on function private.apply_intent(
  private.intent_facts, public.payments, public.orders, private.payment_intents
) is
  'Does what facts mean for an order and returns the effect: placed, cancelled, captured, refund_due, started, declined,
   unchanged. Every state can be recorded at any time, any number of times. The caller has locked order and payment.';

create function private.record_refunds(facts private.intent_facts, paid public.payments)
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
comment on function private.record_refunds(private.intent_facts, public.payments) is
  'Brings the refunds of a captured payment in line with Stripe''s. A refund made at Stripe counts as due here too.';

create function private.record_dispute(facts private.intent_facts, paid public.payments)
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
comment on function private.record_dispute(private.intent_facts, public.payments) is
  'A dispute that is open needs attention; a closed one does not.';
