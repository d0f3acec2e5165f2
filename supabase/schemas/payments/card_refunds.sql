-- Refunds that staff decide on. Refusals: role_required, not_found, invalid_input, order_not_open,
-- idempotency_key_reused, busy.

create function private.ask_refund(paid public.payments)
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
comment on function private.ask_refund(public.payments) is
  'Has the server refund to the card the amount that is due and not asked for yet, and returns it. The caller has locked
   the payment.';

create function private.refund_more(order_id uuid, amount_minor bigint, reason text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
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
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.refund_more(uuid, bigint, text, uuid) is 'See public.refund_more.';

create function public.refund_more(order_id uuid, amount_minor bigint, reason text, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.refund_more(order_id, amount_minor, reason, idempotency_key)
$$;
comment on function public.refund_more(uuid, bigint, text, uuid) is
  'Refunds a part of a payment, or all of it, that no cancellation or return made due: goodwill. amount_minor is at most
   the captured money that is not due for refund yet, reason one line of 1 to 200 characters for the timeline; managers.
   Returns the order. Raises role_required (403), not_found (404), order_not_open (409: nothing is left), invalid_input
   (422), idempotency_key_reused (409), busy (503).';
revoke execute on function public.refund_more(uuid, bigint, text, uuid) from public, anon;
grant execute on function public.refund_more(uuid, bigint, text, uuid), private.refund_more(uuid, bigint, text, uuid)
to authenticated, service_role;
