set check_function_bodies = off;

DROP FUNCTION "private"."place_paid_order"(public.orders, bigint);

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

create or replace function private.beat(server uuid, number bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_now timestamptz := private.clock();
begin
  perform private.require_secret_key('Only the shop''s server has a heartbeat.');
  if beat.server is null or beat.number is null or beat.number < 0 then
    perform private.refuse(422, 'invalid_input', '{"field": "number"}', 'Send the server''s id and a number from 0.');
  end if;
  insert into public.heartbeats as known (server, number, beaten_at)
  values (beat.server, beat.number, v_now)
  on conflict on constraint heartbeats_pkey do update
  set number = greatest(known.number, excluded.number), beaten_at = v_now;
  return jsonb_build_object(
    'schema', private.schema_version(),
    'mail_waiting_seconds', (
      select extract(epoch from v_now - min(mail.created_at))::bigint from private.mail where mail.status = 'waiting'
    ),
    'payment_overdue_seconds', (
      select extract(epoch from v_now - min(payment.deadline))::bigint
      from public.payments as payment
      where payment.status in ('due', 'pending', 'declined') and payment.deadline < v_now
    ),
    'inventory_checked_seconds', (
      select extract(epoch from v_now - done.checked_at)::bigint
      from private.inventory_checks as done where isfinite(done.checked_at)
    ),
    'inventory_differences', (select done.differences from private.inventory_checks as done)
  );
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
    perform private.place_paid_order(ordered, jsonb_build_object('amount_minor', capture_payment.amount_minor));
  exception when sqlstate 'PT409' then
    -- The hold had expired and another order needed the units: a refund, not an oversell.
    perform private.cancel_rest(ordered, 'paid too late, units gone');
    return 'refund_due';
  end;
  return 'placed';
end;
$$;

create or replace function private.check_inventory()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_due boolean;
begin
  perform private.require_secret_key('Only the shop''s server checks the inventory.');
  -- One server at a time; the others find that it was done.
  select done.checked_at <= private.clock() - interval '4 minutes' into v_due
  from private.inventory_checks as done for update skip locked;
  if v_due then
    update private.inventory_checks
    set checked_at = private.clock(), differences = (select count(*) from private.inventory_drift());
  end if;
  return (select done.differences from private.inventory_checks as done);
end;
$$;

create or replace function private.discount_in(sent jsonb)
returns public.discounts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_new public.discounts;
  v_wrong text;
begin
  v_new.title := private.text_in(sent -> 'title', 80);
  v_new.code := upper(private.text_in(sent -> 'code', 40));
  v_new.kind := private.text_in(sent -> 'kind', 20);
  v_new.percent_bp := case when v_new.kind = 'percent' then private.whole_in(sent -> 'percent_bp', 1, 10000) end;
  v_new.amount_minor := case when v_new.kind = 'amount'
    then private.whole_in(sent -> 'amount_minor', 1, 1000000000000) end;
  select categories.slug into v_new.category from public.categories where categories.slug = sent ->> 'category';
  select products.id into v_new.product_id from public.products where products.handle = sent ->> 'product';
  v_new.minimum_minor := coalesce(private.whole_in(sent -> 'minimum_minor', 0, 1000000000000), 0);
  v_new.starts_at := private.moment_in(sent -> 'starts_at');
  v_new.ends_at := private.moment_in(sent -> 'ends_at');
  v_new.per_person := private.whole_in(sent -> 'per_person', 1, 1000);
  v_new.active := sent -> 'active' is distinct from 'false';
  v_wrong := case
    when v_new.title is null then 'title'
    when sent ->> 'code' <> '' and (v_new.code ~ '^[A-Z0-9-]{3,40}$') is not true then 'code'
    when (v_new.kind in ('percent', 'amount', 'free_delivery')) is not true then 'kind'
    when v_new.kind = 'percent' and v_new.percent_bp is null then 'percent_bp'
    when v_new.kind = 'amount' and v_new.amount_minor is null then 'amount_minor'
    when sent ->> 'category' <> '' and v_new.category is null then 'category'
    when sent ->> 'product' <> '' and v_new.product_id is null then 'product'
    when sent ->> 'minimum_minor' <> '' and private.whole_in(sent -> 'minimum_minor', 0, 1000000000000) is null
      then 'minimum_minor'
    when sent ->> 'starts_at' <> '' and v_new.starts_at is null then 'starts_at'
    when sent ->> 'ends_at' <> '' and (v_new.ends_at > coalesce(v_new.starts_at, '-infinity')) is not true
      then 'ends_at'
    when sent ->> 'per_person' <> '' and (v_new.per_person is null or v_new.code is null) then 'per_person'
    when sent ->> 'uses_limit' <> '' and (private.whole_in(sent -> 'uses_limit', 1, 1000000) is null
      or v_new.code is null) then 'uses_limit'
    when jsonb_typeof(sent -> 'active') not in ('boolean', 'null') then 'active'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'missing, too long or not valid'), 'See save_discount.');
  end if;
  return v_new;
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

create or replace function private.forget_old_rows(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  v_size integer := least(greatest(coalesce(at_most, 1000), 1), 10000);
  v_rule private.retention_rules;
  v_done integer;
  v_rows jsonb := '{}';
  v_failed jsonb := '{}';
begin
  perform private.require_secret_key('Only the maintenance job of the shop deletes old rows.');
  -- A second server finds the job running and leaves it alone.
  if pg_try_advisory_xact_lock(hashtextextended('onhand.forget_old_rows', 0)) then
    perform private.leave_trail_to('retention');
    for v_rule in select * from private.retention_rules order by retention_rules.kind loop
      begin
        if v_rule.target is null then
          execute format('select private.%I($1, $2)', v_rule.sweep) into v_done using private.clock() - v_rule.keep,
          v_size;
        else
          v_done := private.delete_old(v_rule.target, v_rule.age, v_rule.only_where, private.clock() - v_rule.keep,
            v_size);
        end if;
        v_rows := v_rows || case when v_done > 0 then jsonb_build_object(v_rule.kind, v_done) else '{}' end;
      exception when others then
        -- One rule that fails must not stop the others; the caller logs it.
        v_failed := v_failed || jsonb_build_object(v_rule.kind, sqlerrm);
      end;
    end loop;
    perform private.leave_trail_to('');
  end if;
  return jsonb_build_object('rows', v_rows, 'failed', v_failed);
end;
$$;

create or replace function private.has_automatic_discount()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from public.discounts where discounts.code is null and discounts.active);
end;
$$;

create or replace function private.hold_use(discount public.discounts, cart_id uuid, user_id uuid, guest_hash bytea)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_counts public.discount_counts;
begin
  -- The count of the code that the cart has now goes down with its claim: both are locked in the order of all.
  perform private.lock_counts(array[discount.id], array[hold_use.cart_id]);
  select * into v_counts from public.discount_counts as counts where counts.discount_id = discount.id;
  if discount.per_person <= (
    select count(*)
    from public.orders
    join private.discount_claims as claim on claim.order_id = orders.id and claim.discount_id = discount.id
    where orders.user_id = hold_use.user_id or orders.guest_hash = hold_use.guest_hash
  ) then
    return 'already_used';
  end if;
  if exists (
    select from private.discount_claims as claim
    where claim.cart_id = hold_use.cart_id and claim.discount_id = discount.id
  ) then
    return null;
  end if;
  if v_counts.held + v_counts.used >= v_counts.uses_limit then
    perform private.release_uses(array[discount.id]);
    select * into v_counts from public.discount_counts as counts where counts.discount_id = discount.id;
    if v_counts.held + v_counts.used >= v_counts.uses_limit then
      return 'used_up';
    end if;
  end if;
  delete from private.discount_claims as claim where claim.cart_id = hold_use.cart_id;
  insert into private.discount_claims (discount_id, cart_id, expires_at)
  values (discount.id, hold_use.cart_id, private.clock() + (select shop_limits.hold_time from private.shop_limits));
  return null;
end;
$$;

create or replace function private.lock_counts(discount_ids uuid[], cart_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.discount_counts as counts
  where counts.discount_id = any (discount_ids || array(
    select claim.discount_id from private.discount_claims as claim where claim.cart_id = any (cart_ids)
  ))
  order by counts.discount_id
  for no key update;
end;
$$;

create or replace function private.may_have_discount(cart_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.carts where carts.id = may_have_discount.cart_id and carts.discount_id is not null
  ) or private.has_automatic_discount();
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

create or replace function private.offer_cards()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
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
  perform private.require_secret_key('Only the shop''s server takes cards.');
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

create or replace function private.place_free(drafts private.order_draft[], totals private.order_total[])
returns private.order_draft[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_total private.order_total;
  v_drafts private.order_draft[] := drafts;
begin
  foreach v_total in array totals loop
    continue when v_total.total_minor > 0;
    for d in 1 .. cardinality(v_drafts) loop
      continue when v_drafts[d].n <> v_total.n or v_drafts[d].provider = 'on_collection';
      v_drafts[d].placed_at := private.clock();
      v_drafts[d].held_until := null;
      v_drafts[d].deadline := null;
    end loop;
  end loop;
  return v_drafts;
end;
$$;

create or replace function private.place_orders(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '3s'
as $$
declare
  v_drafts private.order_draft[] := private.list_drafts(requests);
  v_lines private.draft_line[] := '{}';
  v_totals private.order_total[];
  v_shared record;
  v_locked uuid[];
  v_answers jsonb;
  v_refusals jsonb;
  v_callers record := private.callers_of(v_drafts);
  v_have_codes boolean;
begin
  -- Keys, then carts, then variants: the order in which everybody locks. A draft with an answer drops out.
  v_answers := private.begin_orders(v_drafts);
  -- (Who repeats an order that was placed is answered, however often they ask.)
  v_answers := private.turned_away('checkout', v_callers.subjects, v_callers.networks) || v_answers;
  if v_answers <> '{}' then
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;
  v_locked := private.lock_carts(array(select draft.cart_id from unnest(v_drafts) as draft));
  if v_locked <> '{}' then
    v_answers := v_answers
      || private.all_busy(array(select draft.n from unnest(v_drafts) as draft where draft.cart_id = any (v_locked)));
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;

  v_lines := private.lines_of(v_drafts);
  v_have_codes := exists (select from unnest(v_drafts) as draft where draft.discount_id is not null);
  if v_have_codes or private.has_automatic_discount() then
    select priced.drafts, priced.lines into v_drafts, v_lines from private.apply_discounts(v_drafts, v_lines) as priced;
  end if;
  v_totals := private.totals_of(v_drafts, v_lines);
  v_drafts := private.place_free(v_drafts, v_totals);
  v_refusals := private.refuse_unpaid(v_drafts, v_lines) || private.refuse_drafts(v_drafts, v_lines, v_totals);
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;

  v_locked := private.queue_for_free(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));
  if v_locked <> '{}' then
    v_answers := v_answers
      || private.all_busy(array(select line.n from unnest(v_lines) as line where line.variant_id = any (v_locked)));
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  v_shared := private.share_out(v_drafts, v_lines);
  if v_shared.refusals <> '{}' then
    v_answers := v_answers || v_shared.refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  v_refusals := case when v_have_codes then private.take_uses(v_drafts) else '{}' end;
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  if cardinality(v_drafts) > 0 then
    v_answers := v_answers || private.write_orders(v_drafts, v_lines, v_shared.shares, v_totals);
    if v_have_codes then
      perform private.commit_uses(v_drafts);
    end if;
  end if;
  perform private.count_callers('checkout', v_callers.subjects, v_callers.networks);
  return (select jsonb_agg(v_answers -> n::text order by n) from generate_subscripts(v_callers.subjects, 1) as n);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.place_paid_order(ordered public.orders, detail jsonb)
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

create or replace function private.refund_more(order_id uuid, amount_minor bigint, reason text, idempotency_key uuid)
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

create or replace function private.release_expired_holds(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variants uuid[];
  v_released integer;
begin
  perform private.require_secret_key('This is the clock''s job.');
  -- One overdue order a call: its locks and those of the holds below must be taken in one order, variants last.
  v_released := private.end_overdue_order(v_now);
  if v_released > 0 then
    return v_released;
  end if;

  v_variants := array(
    select distinct overdue.variant_id
    from (
      select claims.variant_id from public.claims
      where claims.expires_at <= v_now and claims.cart_id is not null
      limit release_expired_holds.at_most
    ) as overdue
  );
  perform private.queue_for(v_variants);
  with released as (
    delete from public.claims
    where claims.variant_id = any (v_variants) and claims.expires_at <= v_now and claims.cart_id is not null
    returning claims.quantity
  )
  select coalesce(sum(released.quantity), 0) into v_released from released;
  perform private.release_expired_uses();
  return v_released;
end;
$$;

create or replace function private.remove_category(slug text, idempotency_key uuid)
returns text
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_products bigint;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'remove_category', jsonb_build_array(slug));
  if v_response is null then
    perform from public.categories where categories.slug = remove_category.slug for update;
    if not found then
      perform private.refuse(404, 'not_found', '{}', 'Reload the categories.');
    end if;
    v_products := (select count(*) from public.products where products.category = remove_category.slug)
      + (select count(*) from public.counts where counts.category = remove_category.slug);
    if v_products > 0 then
      perform private.refuse(409, 'category_in_use', jsonb_build_object('products', v_products),
        'Move its products to another category first.');
    end if;
    delete from public.category_sizes where category_sizes.category = remove_category.slug;
    delete from public.categories where categories.slug = remove_category.slug;
    v_response := to_jsonb(slug);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return v_response #>> '{}';
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.remove_delivery_zone(zone_id uuid, expected_version bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(
    idempotency_key, 'remove_delivery_zone', jsonb_build_array(zone_id, expected_version)
  );
  if v_response is not null then
    return v_response;
  end if;
  perform private.lock_zone(zone_id, expected_version);
  delete from public.delivery_zones as zone where zone.id = remove_delivery_zone.zone_id;
  v_response := jsonb_build_object('zone_id', zone_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.require_secret_key(hint text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', hint);
  end if;
end;
$$;

create or replace function private.retry_payment(order_id uuid, idempotency_key uuid)
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

create or replace function private.save_category(slug text, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_new public.categories;
  v_now public.categories;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_category', jsonb_build_array(slug, fields, expected));
  if v_response is not null then
    return v_response;
  end if;
  v_new := private.category_in(fields);
  if coalesce(length(slug) not between 1 and 255 or slug !~ '^[a-z0-9]+(-[a-z0-9]+)*$', true) then
    perform private.refuse(422, 'invalid_input', '{"field": "slug", "problem": "not letters, digits and hyphens"}',
      'Send the address of the category.');
  end if;
  lock table public.categories in share row exclusive mode;
  select * into v_now from public.categories where categories.slug = save_category.slug;
  if expected is null and v_now.slug is not null then
    perform private.refuse(409, 'name_taken', jsonb_build_object('name', v_now.title), 'Choose another title.');
  elsif expected is distinct from v_now.version then
    perform private.refuse(409, 'settings_changed', jsonb_build_object('version', v_now.version),
      'Read the category again, then send what it should be.');
  end if;
  insert into public.categories (slug, title, blurb, picture, position)
  values (save_category.slug, v_new.title, v_new.blurb, v_new.picture,
    (select coalesce(max(categories.position), 0) + 1 from public.categories))
  on conflict on constraint categories_pkey do update
  set title = excluded.title, blurb = excluded.blurb, picture = excluded.picture
  returning to_jsonb(categories) into v_response;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.save_delivery_zone(zone jsonb, idempotency_key uuid, zone_id uuid, expected_version bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_zone public.delivery_zones;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(
    idempotency_key, 'save_delivery_zone', jsonb_build_array(zone, zone_id, expected_version)
  );
  if v_response is not null then
    return v_response;
  end if;
  v_zone := private.zone_in(zone);
  if zone_id is null then
    perform private.check_zone_limit();
    insert into public.delivery_zones as zone (name, countries, postcodes, rates_from_minor, rates_minor, estimate)
    values (v_zone.name, v_zone.countries, v_zone.postcodes, v_zone.rates_from_minor, v_zone.rates_minor,
      v_zone.estimate)
    returning * into v_zone;
  else
    perform private.lock_zone(save_delivery_zone.zone_id, expected_version);
    update public.delivery_zones as zone
    set name = v_zone.name, countries = v_zone.countries, postcodes = v_zone.postcodes,
      rates_from_minor = v_zone.rates_from_minor, rates_minor = v_zone.rates_minor, estimate = v_zone.estimate
    where zone.id = save_delivery_zone.zone_id
    returning * into v_zone;
  end if;
  v_response := to_jsonb(v_zone);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.save_discount(
  discount jsonb, idempotency_key uuid, discount_id uuid, expected_version bigint
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_saved public.discounts;
  v_rule text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(
    idempotency_key, 'save_discount', jsonb_build_array(discount, discount_id, expected_version)
  );
  if v_response is not null then
    return v_response;
  end if;
  begin
    v_saved := private.write_discount(private.discount_in(discount), discount_id, expected_version);
    if v_saved.code is not null then
      insert into public.discount_counts as counts (discount_id, uses_limit)
      values (v_saved.id, private.whole_in(discount -> 'uses_limit', 1, 1000000))
      on conflict on constraint discount_counts_pkey do update
      set uses_limit = excluded.uses_limit, version = counts.version + 1;
    end if;
  exception when integrity_constraint_violation then
    get stacked diagnostics v_rule = constraint_name;
    perform private.refuse(422, 'invalid_input', case v_rule
        when 'discounts_code_key' then '{"field": "code", "problem": "is taken"}'::jsonb
        when 'discount_uses_stay_within_limit' then '{"field": "uses_limit", "problem": "are used already"}'
        else jsonb_build_object('field', 'discount', 'problem', v_rule)
      end, 'Correct the field. Nothing was saved.');
  end;
  v_response := to_jsonb(v_saved);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.save_location(location_id uuid, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_new public.locations;
  v_now public.locations;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_location',
    jsonb_build_array(location_id, fields, expected));
  if v_response is not null then
    return v_response;
  end if;
  v_new := private.location_in(fields);
  -- One at a time, so that two cannot get the same name, slug or place.
  lock table public.locations in share row exclusive mode;
  if exists (select from public.locations as other where other.active and lower(other.name) = lower(v_new.name)
      and other.id is distinct from location_id) then
    perform private.refuse(409, 'name_taken', jsonb_build_object('name', v_new.name), 'Choose another name.');
  end if;
  if location_id is null then
    insert into public.locations (slug, name, address, hours, hours_note, position)
    select private.free_slug(v_new.name), v_new.name, v_new.address, v_new.hours, v_new.hours_note,
      coalesce(max(locations.position), 0) + 1
    from public.locations
    returning to_jsonb(locations) into v_response;
  else
    select * into v_now from public.locations where locations.id = save_location.location_id;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Reload the locations.');
    end if;
    if expected is distinct from v_now.version then
      perform private.refuse(409, 'settings_changed', jsonb_build_object('version', v_now.version),
        'Read the location again, then send what it should be.');
    end if;
    update public.locations
    set name = v_new.name, address = v_new.address, hours = v_new.hours, hours_note = v_new.hours_note
    where locations.id = save_location.location_id
    returning to_jsonb(locations) into v_response;
  end if;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.set_delivery_tax(idempotency_key uuid, tax_rate_bp integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'set_delivery_tax', jsonb_build_array(tax_rate_bp));
  if v_response is not null then
    return v_response;
  end if;
  if tax_rate_bp not between 0 and 10000 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'tax_rate_bp', 'problem', 'not 0 to 10000', 'value', tax_rate_bp),
      'Send basis points: 1900 is 19 %.');
  end if;
  update public.delivery_settings set tax_rate_bp = set_delivery_tax.tax_rate_bp where delivery_settings.only_row;
  v_response := jsonb_build_object('tax_rate_bp', tax_rate_bp);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.set_location_active(location_id uuid, active boolean, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_uses jsonb;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'set_location_active', jsonb_build_array(location_id, active));
  if v_response is not null then
    return v_response;
  end if;
  if active is null then
    perform private.refuse(422, 'invalid_input', '{"field": "active", "problem": "missing"}', 'Send true or false.');
  end if;
  lock table public.locations in share row exclusive mode;
  if not active then
    -- A sale or a delivery that is being saved ends first.
    perform from public.stock_levels as level
    where level.location_id = set_location_active.location_id
    order by level.variant_id
    for update;
    v_uses := private.uses_of_location(location_id);
    if v_uses <> '{"on_hand": 0, "deliveries": 0, "counts": 0, "orders": 0, "is_last": false}' then
      perform private.refuse(409, 'location_in_use', jsonb_build_object('location_id', location_id) || v_uses,
        'Transfer its units, and finish what is open there.');
    end if;
  elsif exists (select from public.locations as own join public.locations as other
      on other.active and other.id <> own.id and lower(other.name) = lower(own.name)
      where own.id = set_location_active.location_id) then
    perform private.refuse(409, 'name_taken',
      (select jsonb_build_object('name', locations.name) from public.locations
        where locations.id = set_location_active.location_id), 'Rename the other location first.');
  end if;
  update public.locations set active = set_location_active.active
  where locations.id = set_location_active.location_id
  returning to_jsonb(locations) into v_response;
  if v_response is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Reload the locations.');
  end if;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.settle_mail(message_id bigint, lease uuid, error text, is_final boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  c_attempts constant integer := 10;
  v_error text := left(settle_mail.error, 500);
begin
  perform private.require_secret_key('Only the shop''s server sends e-mails.');
  update private.mail
  set lease = null, error = v_error,
    status = case
      when v_error is null then 'sent'
      when settle_mail.is_final or mail.attempts >= c_attempts then 'failed'
      else 'waiting'
    end::public.mail_status,
    settled_at = case
      when v_error is null or settle_mail.is_final or mail.attempts >= c_attempts then private.clock()
    end,
    -- 1, 2, 4 … minutes, at most 4 hours: ten attempts are spread over a day.
    due_at = private.clock() + least(interval '1 minute' * power(2, mail.attempts - 1), interval '4 hours')
  where mail.event_id = settle_mail.message_id and mail.lease = settle_mail.lease;
  return found;
end;
$$;

create or replace function private.sign_sandbox_event(payload text)
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

create or replace function private.sort_categories(slugs text[], idempotency_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'sort_categories', jsonb_build_array(slugs));
  if v_response is null then
    lock table public.categories in share row exclusive mode;
    if slugs is null or cardinality(slugs) > 1000 or slugs is distinct from (
      select array_agg(categories.slug order by array_position(sort_categories.slugs, categories.slug))
      from public.categories
    ) then
      perform private.refuse(409, 'list_changed', '{"list": "categories"}', 'Reload the list, then order it again.');
    end if;
    update public.categories
    set position = array_position(sort_categories.slugs, categories.slug)
    where position is distinct from array_position(sort_categories.slugs, categories.slug);
    v_response := to_jsonb(cardinality(slugs));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::integer;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.sort_locations(location_ids uuid[], idempotency_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'sort_locations', jsonb_build_array(location_ids));
  if v_response is null then
    lock table public.locations in share row exclusive mode;
    if location_ids is null or cardinality(location_ids) > 1000 or location_ids is distinct from (
      select array_agg(locations.id order by array_position(sort_locations.location_ids, locations.id))
      from public.locations where locations.active
    ) then
      perform private.refuse(409, 'list_changed', '{"list": "locations"}', 'Reload the list, then order it again.');
    end if;
    update public.locations
    set position = array_position(sort_locations.location_ids, locations.id)
    where locations.active and position is distinct from array_position(sort_locations.location_ids, locations.id);
    v_response := to_jsonb(cardinality(location_ids));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::integer;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.start_card_payment(payment_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
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

create or replace function private.take_mail(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_taken bigint[];
begin
  perform private.require_secret_key('Only the shop''s server sends e-mails.');
  perform private.remind_unpaid();
  perform private.drop_reminders();
  perform private.give_up_mail();
  with due as (
    select mail.event_id from private.mail
    where mail.status = 'waiting' and mail.due_at <= private.clock()
    order by mail.due_at limit least(greatest(coalesce(take_mail.at_most, 20), 1), 100) for update skip locked
  ), taken as (
    update private.mail
    set lease = gen_random_uuid(), due_at = private.clock() + interval '5 minutes', attempts = mail.attempts + 1
    from due
    where mail.event_id = due.event_id
    returning mail.event_id
  )
  select array_agg(taken.event_id) into v_taken from taken;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('message_id', mail.event_id, 'lease', mail.lease, 'kind', mail.kind,
      'event', jsonb_build_object('kind', event.kind, 'detail', event.detail, 'at', event.created_at),
      'order_token', case when orders.user_id is null then private.new_order_link(orders.id) end,
      'collect_at', (
        select jsonb_build_object('name', location.name, 'address', location.address)
        from public.locations as location where location.id = orders.collect_at
      ),
      'order', private.order_as_json(event.order_id)) order by mail.event_id), '[]')
    from private.mail
    join public.order_events as event on event.id = mail.event_id
    join public.orders on orders.id = event.order_id
    where mail.event_id = any (v_taken)
  );
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

create or replace function private.take_uses(drafts private.order_draft[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_draft private.order_draft;
  v_discount public.discounts;
  v_reason text;
  v_refused jsonb := '{}';
begin
  perform private.lock_counts(
    array(select draft.discount_id from unnest(drafts) as draft where draft.discount_title is not null),
    array(select draft.cart_id from unnest(drafts) as draft where draft.discount_title is not null)
  );
  foreach v_draft in array drafts loop
    continue when v_draft.discount_id is null or v_draft.discount_title is null;
    select * into v_discount from public.discounts where discounts.id = v_draft.discount_id;
    v_reason := private.hold_use(v_discount, v_draft.cart_id, auth.uid(), v_draft.guest_hash);
    if v_reason is not null then
      v_refused := v_refused || jsonb_build_object(v_draft.n, jsonb_build_object('refused',
        private.discount_refusal(v_discount.code, v_reason)));
    end if;
  end loop;
  return v_refused;
end;
$$;

create or replace function private.totals_of(drafts private.order_draft[], lines private.draft_line[])
returns private.order_total[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_totals private.order_total[];
  v_total private.order_total;
  v_have_prices boolean;
begin
  select array_agg(row(cart.n, cart.units, cart.subtotal_minor, cart.discount_minor, delivery.minor,
      cart.subtotal_minor - cart.discount_minor + delivery.minor, cart.tax_minor, (charge.own).tax_rate_bp,
      (charge.own).estimate, coalesce((charge.own).is_possible, true))::private.order_total order by cart.n),
    bool_or(delivery.minor > 0)
  into v_totals, v_have_prices
  from (
    select line.n, sum(line.quantity) as units, sum(line.total_minor)::bigint as subtotal_minor,
      sum(line.discount_minor)::bigint as discount_minor, sum(line.tax_minor) as tax_minor
    from unnest(lines) as line
    group by line.n
  ) as cart
  join unnest(drafts) as draft using (n)
  -- (offset 0: called once for a delivery, and not for a collection.)
  cross join lateral (
    select case when draft.delivery = 'delivery'
      then private.charge_for_delivery(draft.address, cart.subtotal_minor - cart.discount_minor) end as own
    offset 0
  ) as charge
  cross join lateral (
    select case when draft.free_delivery then 0 else coalesce((charge.own).minor, 0) end as minor
  ) as delivery;
  for n in 1 .. case when v_have_prices then cardinality(v_totals) else 0 end loop
    v_total := v_totals[n];
    if v_total.delivery_minor > 0 then
      v_total.tax_minor := (
        select sum((part ->> 'tax_minor')::bigint)
        from jsonb_array_elements(private.taxes_as_json(lines, v_total)) as part
      );
      v_totals[n] := v_total;
    end if;
  end loop;
  return coalesce(v_totals, '{}');
end;
$$;

create or replace function private.write_discount(new public.discounts, discount_id uuid, expected_version bigint)
returns public.discounts
language plpgsql
set search_path = ''
as $$
declare
  v_saved public.discounts;
begin
  if discount_id is null then
    if (select count(*) from public.discounts) >= 1000 then
      perform private.refuse(422, 'invalid_input', '{"field": "discount", "problem": "more than 1000"}',
        'Change one that has ended.');
    end if;
    new.id := gen_random_uuid();
    new.version := 1;
    new.created_at := now();
    new.updated_at := now();
    insert into public.discounts select new.* returning * into v_saved;
    return v_saved;
  end if;
  -- As an entered code locks them: the count, then the discount.
  perform private.lock_counts(array[write_discount.discount_id], '{}');
  select * into v_saved from public.discounts where discounts.id = write_discount.discount_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('discount_id', discount_id), 'Reload the list.');
  elsif v_saved.version is distinct from expected_version then
    perform private.refuse(409, 'discount_changed', jsonb_build_object('discount_id', discount_id),
      'Reload the discount, then make the change again.');
  elsif (v_saved.code is null) <> (new.code is null) then
    perform private.refuse(422, 'invalid_input', '{"field": "code", "problem": "is there or not for ever"}',
      'Add another discount instead.');
  end if;
  update public.discounts
  set title = new.title, code = new.code, kind = new.kind, percent_bp = new.percent_bp,
    amount_minor = new.amount_minor, category = new.category, product_id = new.product_id,
    minimum_minor = new.minimum_minor, starts_at = new.starts_at, ends_at = new.ends_at,
    per_person = new.per_person, active = new.active
  where discounts.id = write_discount.discount_id
  returning * into v_saved;
  return v_saved;
end;
$$;

create or replace function private.write_orders(
  drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[], totals private.order_total[]
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_currency text := (select shop_settings.currency from public.shop_settings where shop_settings.only_row);
  v_ns integer[];
  v_keys uuid[];
  v_hashes jsonb[];
  v_carts uuid[];
  v_orders uuid[];
  v_numbers bigint[];
  v_statuses public.order_status[];
  v_totals bigint[];
  v_taxes bigint[];
  v_paid record;
  v_placed jsonb[];
begin
  select array_agg(draft.n), array_agg(draft.key), array_agg(draft.request_hash), array_agg(draft.cart_id)
  into v_ns, v_keys, v_hashes, v_carts
  from unnest(drafts) as draft;

  with made as (
    insert into public.orders (
      id, user_id, token_hash, guest_hash, network, email, name, phone, delivery, collect_at, address, status, currency,
      units, total_minor, tax_minor, placed_at, discount_minor, delivery_minor, delivery_tax_bp,
      delivery_estimate, discount_id, discount_title
    )
    select draft.order_id, auth.uid(), draft.token_hash, draft.guest_hash, draft.network, draft.email, draft.name,
      draft.phone, draft.delivery, draft.collect_at, draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency,
      total.units, total.total_minor, total.tax_minor, draft.placed_at, total.discount_minor, total.delivery_minor,
      total.delivery_tax_bp, total.estimate, case when draft.discount_title is not null then draft.discount_id end,
      draft.discount_title
    from unnest(drafts) as draft
    join unnest(totals) as total using (n)
    order by draft.n
    returning orders.id, orders.number, orders.status, orders.total_minor, orders.tax_minor
  )
  select array_agg(made.id), array_agg(made.number), array_agg(made.status),
    array_agg(made.total_minor), array_agg(made.tax_minor)
  into v_orders, v_numbers, v_statuses, v_totals, v_taxes
  from (select * from made order by made.number) as made;

  v_paid := private.write_payments(drafts, v_currency, v_totals);
  insert into public.order_events (order_id, kind)
  select made.id, made.status::text from unnest(v_orders, v_statuses) as made (id, status);
  perform private.write_items(drafts, lines, shares);
  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);

  select array_agg(jsonb_build_object('order_id', made.id, 'number', made.number, 'status', made.status,
    'total_minor', made.total_minor, 'tax_minor', made.tax_minor, 'currency', v_currency, 'payment_id', made.payment_id,
    'pay_until', made.deadline))
  into v_placed
  from unnest(v_orders, v_numbers, v_statuses, v_totals, v_taxes, v_paid.payment_ids, v_paid.deadlines)
    as made (id, number, status, total_minor, tax_minor, payment_id, deadline);
  perform private.finish_together('place_order', v_keys, v_hashes, v_placed);
  return (
    select jsonb_object_agg(made.n, jsonb_build_object('order', made.placed))
    from unnest(v_ns, v_placed) as made (n, placed)
  );
end;
$$;

create or replace function private.write_payments(
  drafts private.order_draft[], currency text, totals bigint[], out payment_ids uuid[], out deadlines timestamptz[]
)
language plpgsql
set search_path = ''
as $$
begin
  with made as (
    insert into public.payments (id, order_id, provider, status, currency, amount_minor, deadline)
    select draft.payment_id, draft.order_id, draft.provider,
      case
        when draft.held_until is not null then 'pending'
        when draft.provider = 'on_collection' then 'due'
        else 'captured'
      end::public.payment_status, write_payments.currency,
      totals[draft.ordinality], draft.deadline
    from unnest(drafts) with ordinality as draft
    returning payments.id, payments.deadline
  )
  select array_agg(made.id), array_agg(made.deadline) into payment_ids, deadlines from made;
end;
$$;

create or replace function private.zone_in(zone jsonb)
returns public.delivery_zones
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_zone public.delivery_zones;
  v_wrong text;
begin
  v_zone.name := private.text_in(zone -> 'name', 80);
  v_zone.estimate := private.text_in(zone -> 'estimate', 80);
  v_zone.countries := private.texts_in(zone -> 'countries', 250, 2);
  v_zone.postcodes := private.texts_in(zone -> 'postcodes', 500, 11);
  if jsonb_typeof(zone -> 'rates') = 'array' and jsonb_array_length(zone -> 'rates') between 1 and 20 then
    select array_agg(rate.from_minor order by rate.from_minor), array_agg(rate.minor order by rate.from_minor)
    into v_zone.rates_from_minor, v_zone.rates_minor
    from (
      select private.whole_in(sent -> 'from_minor', 0, 1000000000000) as from_minor,
        private.whole_in(sent -> 'minor', 0, 1000000000000) as minor
      from jsonb_array_elements(zone -> 'rates') as sent
    ) as rate;
  end if;
  v_wrong := case
    when v_zone.name is null then 'name'
    when zone ->> 'estimate' <> '' and v_zone.estimate is null then 'estimate'
    when (v_zone.countries <> '{}') is not true
      or exists (select from unnest(v_zone.countries) as country where country !~ '^[A-Z]{2}$') then 'countries'
    when v_zone.postcodes is null
      or exists (select from unnest(v_zone.postcodes) as postcode where postcode !~ '^[A-Z0-9]{1,10}\*?$')
      then 'postcodes'
    when v_zone.rates_from_minor is null or array_position(v_zone.rates_minor, null) is not null
      or (v_zone.rates_from_minor[1] = 0 and private.are_ascending(v_zone.rates_from_minor)) is not true
      then 'rates'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'missing, too long or not valid'), 'See save_delivery_zone.');
  end if;
  return v_zone;
end;
$$;

CREATE INDEX discount_claims_to_release ON private.discount_claims USING btree (expires_at) WHERE (expires_at IS NOT NULL);

COMMENT ON FUNCTION "private"."has_automatic_discount"() IS 'Whether an active discount needs no code, also before its start and after its end.';

COMMENT ON FUNCTION "private"."lock_counts"(uuid[], uuid[]) IS 'Locks the counts of these discounts and of those whose uses these carts hold. The caller holds the carts.';

COMMENT ON FUNCTION "private"."place_free"(private.order_draft[], private.order_total[]) IS 'Drafts of which nothing is to be paid are placed at once: no provider takes a payment of 0.';

COMMENT ON FUNCTION "private"."place_paid_order"(public.orders, jsonb) IS 'Places an order whose payment is authorised or captured: its units are committed. Raises not_enough_left (409) when
   the hold has expired and another order needed them. detail is that of its event: {amount_minor} was captured,
   {authorised_minor} was authorised. The caller has locked the order.';

COMMENT ON FUNCTION "private"."require_secret_key"(text) IS 'Raises role_required (403) unless private.is_trusted. For functions that only the shop''s server calls.';

COMMENT ON FUNCTION "private"."write_payments"(private.order_draft[], text, bigint[]) IS 'Writes the payments of new orders, of these totals, and returns their ids and deadlines in the order of the drafts.
   A free order (private.place_free) has nothing left to pay.';

COMMENT ON FUNCTION "public"."place_order"(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean) IS 'Orders everything in the caller''s cart, all lines or none, and empties it. contact is {email, name, phone?};
   delivery {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, postcode, city,
   country}}, the country by its two letters; other keys are ignored. Held units are taken over without another check;
   what was not held is taken now. With on_collection (never with delivery) the order is placed, and keeps its units
   until pay_until unless it is confirmed: by the account''s confirmed e-mail address, or later by confirm_order. Else
   its units are held until pay_until; an order of which nothing is to be paid is placed. Guests pass an order_token,
   the secret of their order link. expected_total_minor is what the person saw. From the secret key alone: network, a
   hash of 32 hex digits, and proof, that a proof of work was checked. Returns {order_id, number, status, total_minor,
   tax_minor, currency, payment_id, pay_until}. Raises not_enough_left (409, every short line), cart_empty (409),
   not_for_sale (409), not_deliverable (409), price_changed (409), discount_refused (409), limit_reached (409),
   proof_needed (409), too_many_requests (429), blocked (403), not_found (404), invalid_input (422),
   idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."refund_more"(uuid, bigint, text, uuid) IS 'Refunds a part of a payment, or all of it, that no cancellation or return made due: goodwill. amount_minor is at most
   the captured money that is not due for refund yet, reason one line of 1 to 200 characters for the timeline; managers.
   Returns the order. Raises role_required (403), not_found (404), order_not_open (409: nothing is left), invalid_input
   (422), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."remove_category"(text, uuid) IS 'Removes a category that has no product, archived ones included, and no count; managers. Returns its slug. Raises
   role_required (403), category_in_use (409), not_found (404), idempotency_key_reused (409), invalid_input (422),
   busy (503).';

COMMENT ON FUNCTION "public"."remove_delivery_zone"(uuid, bigint, uuid) IS 'Removes a delivery zone of this version; placed orders keep their prices. After the last one the shop delivers
   everywhere, free of charge. Managers. Returns {zone_id}. Raises role_required (403), not_found (404),
   delivery_zone_changed (409), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."retry_payment"(uuid, uuid) IS 'Has the provider asked again at once after a step was given up; managers. Returns the order. Raises role_required
   (403), not_found (404), order_not_open (409: no step has failed), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."save_category"(text, jsonb, bigint, uuid) IS 'Adds a category (expected NULL) or changes one whose version is still the expected one; managers. fields: {title,
   blurb, picture: a path of our own, an https address or empty}. Returns the row. Raises role_required (403),
   name_taken (409), settings_changed (409), invalid_input (422), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."save_delivery_zone"(jsonb, uuid, uuid, bigint) IS 'Adds a delivery zone, or changes one (zone_id) of this version. zone is {name, countries:
   ["DE"], postcodes: ["10*", "12345"], rates: [{from_minor, minor}], estimate?}; one rate counts from 0. Managers.
   Returns the row. Raises role_required (403), not_found (404), delivery_zone_changed (409), invalid_input (422),
   idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."save_discount"(jsonb, uuid, uuid, bigint) IS 'Adds a discount, or changes one (discount_id) of this version. discount is {title, code?, kind: percent | amount |
   free_delivery, percent_bp?, amount_minor?, category?, product?: its handle, minimum_minor?, starts_at?, ends_at?,
   per_person?, uses_limit?, active?}. Without a code it is automatic. Managers. Returns the row. Raises role_required
   (403), not_found (404), discount_changed (409), invalid_input (422), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."save_location"(uuid, jsonb, bigint, uuid) IS 'Adds a location (location_id NULL) or changes one whose version is still the expected one; managers. fields: {name,
   address, hours: [{day: 1 Monday to 7, from: "09:30", to}], hours_note}. Returns the row. Raises role_required (403),
   name_taken (409), settings_changed (409), not_found (404), invalid_input (422), idempotency_key_reused (409), busy
   (503).';

COMMENT ON FUNCTION "public"."set_delivery_tax"(uuid, integer) IS 'Sets how prices of deliveries are taxed: at a rate in basis points, or as the goods (without one). Managers. Returns
   {tax_rate_bp}. Raises role_required (403), invalid_input (422), idempotency_key_reused (409),
   busy (503).';

COMMENT ON FUNCTION "public"."set_location_active"(uuid, boolean, uuid) IS 'Archives a location that holds no unit and has no open work, or restores it; managers. Returns the row. Raises
   role_required (403), location_in_use (409, with units on hand and the numbers of what is open), name_taken (409),
   not_found (404), invalid_input (422), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."sort_categories"(text[], uuid) IS 'Puts the categories into this order, which names each of them once; managers. Returns their number. Raises
   role_required (403), list_changed (409: they are others), idempotency_key_reused (409), invalid_input (422),
   busy (503).';

COMMENT ON FUNCTION "public"."sort_locations"(uuid[], uuid) IS 'Puts the active locations into this order, which names each of them once; managers. The first gives units first and
   takes imported quantities. Returns their number. Raises role_required (403), list_changed (409: they are others),
   idempotency_key_reused (409), invalid_input (422, without a key), busy (503).';

REVOKE ALL ON FUNCTION "private"."has_automatic_discount"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_counts"(uuid[], uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."place_free"(private.order_draft[], private.order_total[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."place_paid_order"(public.orders, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_secret_key"(text) FROM PUBLIC;

reset check_function_bodies;
