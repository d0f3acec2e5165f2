set check_function_bodies = off;

DROP FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer);

DROP VIEW "public"."order_queue";

DROP VIEW "public"."order_troubles";

CREATE TABLE "public"."withdrawals" ("order_id" uuid NOT NULL, "asked_at" timestamp with time zone NOT NULL DEFAULT private.clock(), CONSTRAINT "withdrawals_pkey" PRIMARY KEY (order_id));

ALTER TABLE "public"."withdrawals" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."withdrawals" FROM "anon";

ALTER TYPE "public"."mail_kind" ADD VALUE 'withdrawal_received' AFTER 'waitlist_offer';

create or replace function private.ask_withdrawal(order_id uuid, idempotency_key uuid, order_token text, items text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_asked constant integer := 10;
  v_response jsonb;
  v_items text := nullif(private.text_in(to_jsonb(items), 500, 0), '');
  v_order public.orders;
begin
  if items is not null and private.text_in(to_jsonb(items), 500, 0) is null then
    perform private.refuse(422, 'invalid_input',
      '{"field": "items", "problem": "not one line of up to 500 characters"}',
      'Name the items in one line, or leave it out for all of them.');
  end if;
  v_response := private.begin_once(idempotency_key, 'ask_withdrawal', jsonb_build_array(order_id,
    case when length(order_token) <= 200 then encode(sha256(convert_to(order_token, 'UTF8')), 'hex') end, v_items));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not private.owns_order(v_order, order_token) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  if v_order.placed_at is null or v_order.erased_at is not null or not exists (
    select from public.order_items as item
    where item.order_id = v_order.id and item.cancelled + item.returned < item.quantity
  ) then
    perform private.refuse_state(v_order, 'Nothing of it is left to withdraw from.');
  end if;
  if not exists (select from public.withdrawals as open where open.order_id = v_order.id) then
    if (
      select count(*) from public.order_events as event
      where event.order_id = v_order.id and event.kind = 'withdrawal_asked'
    ) >= c_asked then
      perform private.refuse_state(v_order, 'The shop answered ten withdrawals of this order: write to the shop.');
    end if;
    insert into public.withdrawals (order_id) values (v_order.id);
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
    insert into public.order_events (order_id, kind, detail)
    values (v_order.id, 'withdrawal_asked', jsonb_strip_nulls(jsonb_build_object('reason', v_items)));
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.is_finished(ordered public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select ordered.status in ('fulfilled', 'cancelled') and not exists (
    select from public.payments as payment
    where payment.order_id = ordered.id and payment.refund_due_minor > payment.refunded_minor
  ) and not exists (select from public.withdrawals as open where open.order_id = ordered.id)
$$;

create or replace function private.mail_kind_of(event public.order_events)
returns public.mail_kind
language plpgsql
stable
set search_path = ''
as $$
begin
  case event.kind
    when 'placed' then return 'order_placed';
    when 'cancelled' then return 'order_cancelled';
    when 'rest_cancelled' then return 'order_reduced';
    when 'refunded' then return 'order_refunded';
    when 'withdrawal_asked' then return 'withdrawal_received';
    when 'payment_declined' then return 'payment_declined';
    when 'payment_reminded' then return 'payment_reminder';
    when 'short' then
      return case when (event.detail ->> 'cancelled')::integer > 0 then 'order_reduced' end;
    when 'picked' then
      return (select 'order_ready' from public.orders
        where orders.id = event.order_id and orders.delivery = 'collection');
    when 'handed_over' then
      return (select 'order_sent' from public.orders
        where orders.id = event.order_id and orders.delivery = 'delivery');
    when 'parcel_changed' then
      return case when event.detail -> 'parcel' ? 'tracking_number' then 'order_sent' end;
    else return null;
  end case;
end;
$$;

create or replace function private.mark_delivered(order_id uuid, hand_over bigint, delivered boolean, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_changes constant integer := 40;
  v_response jsonb;
  v_order public.orders;
  v_is_delivered boolean;
  v_changes integer;
begin
  perform private.require_role_for_order('stock', order_id);
  if delivered is null then
    perform private.refuse(422, 'invalid_input', '{"field": "delivered", "problem": "missing"}', 'Send true or false.');
  end if;
  v_response := private.begin_once(
    idempotency_key, 'mark_delivered', jsonb_build_array(order_id, hand_over, delivered)
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.delivery <> 'delivery' or not exists (
    select from public.order_events as event
    where event.id = mark_delivered.hand_over and event.order_id = v_order.id and event.kind = 'handed_over'
  ) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id, 'hand_over', hand_over),
      'Reload the order.');
  end if;
  select count(*), coalesce((array_agg(event.kind order by event.id desc))[1] = 'delivered', false)
  into v_changes, v_is_delivered
  from public.order_events as event
  where event.order_id = v_order.id and event.kind in ('delivered', 'not_delivered')
    and event.detail -> 'hand_over' = to_jsonb(mark_delivered.hand_over);
  if v_is_delivered <> mark_delivered.delivered then
    if v_changes >= c_changes then
      perform private.refuse(422, 'invalid_input', '{"field": "delivered", "problem": "changed 40 times already"}',
        'Leave it as it is.');
    end if;
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
    insert into public.order_events (order_id, kind, detail)
    values (v_order.id, case when delivered then 'delivered' else 'not_delivered' end,
      jsonb_build_object('hand_over', hand_over));
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.settle_withdrawal(order_id uuid, idempotency_key uuid)
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
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'settle_withdrawal', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  delete from public.withdrawals as open where open.order_id = v_order.id;
  if found then
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
    insert into public.order_events (order_id, kind) values (v_order.id, 'withdrawal_settled');
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function public.ask_withdrawal(
  order_id uuid, idempotency_key uuid, order_token text default null, items text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.ask_withdrawal(order_id, idempotency_key, order_token, items);
end;
$$;

REVOKE ALL ON FUNCTION "public"."ask_withdrawal"(uuid, uuid, text, text) FROM "anon";

create or replace function public.mark_delivered(order_id uuid, hand_over bigint, delivered boolean, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.mark_delivered(order_id, hand_over, delivered, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."mark_delivered"(uuid, bigint, boolean, uuid) FROM "anon";

create or replace function public.settle_withdrawal(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.settle_withdrawal(order_id, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."settle_withdrawal"(uuid, uuid) FROM "anon";

-- No event of these kinds exists yet.
ALTER TABLE "public"."order_events" ADD CONSTRAINT "order_events_deliver_a_parcel" CHECK (((kind <> ALL (ARRAY['delivered'::text, 'not_delivered'::text])) OR COALESCE((jsonb_typeof((detail -> 'hand_over'::text)) = 'number'::text), false))) NOT VALID;

ALTER TABLE "public"."order_events" VALIDATE CONSTRAINT "order_events_deliver_a_parcel";

ALTER TABLE "public"."withdrawals" ADD CONSTRAINT "withdrawals_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id);

CREATE POLICY "staff see who withdrew" ON "public"."withdrawals" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

COMMENT ON FUNCTION "private"."ask_withdrawal"(uuid, uuid, text, text) IS 'See public.ask_withdrawal.';

COMMENT ON FUNCTION "private"."is_finished"(public.orders) IS 'Whether nothing has to reach the buyer any more: neither units, nor a refund, nor the answer to a withdrawal.';

COMMENT ON FUNCTION "private"."mark_delivered"(uuid, bigint, boolean, uuid) IS 'See public.mark_delivered.';

COMMENT ON FUNCTION "private"."settle_withdrawal"(uuid, uuid) IS 'See public.settle_withdrawal.';

COMMENT ON FUNCTION "public"."ask_withdrawal"(uuid, uuid, text, text) IS 'The buyer withdraws from the contract of an order: of the items that they name, NULL for all of them. Whether the
   period has passed is for the shop to say. The buyer gets an e-mail with the time; staff see the order until
   settle_withdrawal. A withdrawal that waits already is left as it is. Returns the order as read_order does. Raises
   not_found (404), invalid_input (422), order_not_open (409, nothing is left), idempotency_key_reused (409),
   busy (503).';

COMMENT ON FUNCTION "public"."mark_delivered"(uuid, bigint, boolean, uuid) IS 'Says that a parcel has reached its address, or that it has not: hand_over is the event by which its units left; staff
   of role stock. The same again changes nothing. Returns the order as read_order does. Raises role_required (403),
   location_not_yours (403), not_found (404), invalid_input (422, also after 40 changes), idempotency_key_reused (409),
   busy (503).';

COMMENT ON FUNCTION "public"."settle_withdrawal"(uuid, uuid) IS 'The shop has answered a withdrawal: the items came back, or the customer was told why not. Staff of role stock. Done
   twice is done once; the buyer can withdraw again. Returns the order as read_order does. Raises role_required (403),
   not_found (404), idempotency_key_reused (409), busy (503).';

COMMENT ON TABLE "public"."withdrawals" IS 'Orders whose buyer withdrew from the contract, until the shop has settled it.';

COMMENT ON TYPE "public"."mail_kind" IS 'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address, or
   their tracking number is known. order_reduced: units were cancelled. order_cancelled: all of them. order_refunded:
   money went back. payment_declined: can be paid again. payment_reminder: is cancelled soon, because it is not paid.
   confirm_address, reset_password, change_address: a link of Auth for an account. staff_invitation: a link to join.
   waitlist_confirm: the link that puts a guest on a waitlist. waitlist_offer: a unit is held.
   withdrawal_received: the buyer withdrew from the contract, and when.';

REVOKE ALL ON FUNCTION "private"."ask_withdrawal"(uuid, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ask_withdrawal"(uuid, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."ask_withdrawal"(uuid, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."mark_delivered"(uuid, bigint, boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mark_delivered"(uuid, bigint, boolean, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."mark_delivered"(uuid, bigint, boolean, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."settle_withdrawal"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."settle_withdrawal"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."settle_withdrawal"(uuid, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."ask_withdrawal"(uuid, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."ask_withdrawal"(uuid, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."ask_withdrawal"(uuid, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."mark_delivered"(uuid, bigint, boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."mark_delivered"(uuid, bigint, boolean, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."mark_delivered"(uuid, bigint, boolean, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."settle_withdrawal"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."settle_withdrawal"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."settle_withdrawal"(uuid, uuid) TO "service_role";

REVOKE ALL ON TABLE "public"."withdrawals" FROM "authenticated";

GRANT SELECT ON TABLE "public"."withdrawals" TO "authenticated";

REVOKE ALL ON TABLE "public"."withdrawals" FROM "service_role";

GRANT SELECT ON TABLE "public"."withdrawals" TO "service_role";

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
where back.outcome = 'inspect'
union all
select open.order_id, 'withdrawn', open.asked_at
from public.withdrawals as open;

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

CREATE INDEX withdrawals_by_time ON public.withdrawals USING btree (asked_at);

COMMENT ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) IS 'A page of public.order_queue: rows after the order `after`, up to size (1 to 200). query: an order number, or part
   of a name or e-mail address. stage: one of the view''s, or trouble; oldest first for orders that need work, newest
   first for the rest. paid: whether it is paid. location_id: orders with units there. Staff; buyers see their own.';

COMMENT ON VIEW "public"."order_queue" IS 'One row per order as the queue shows it. stage: awaiting_payment, to_pick (units still lie on a shelf), ready (all
   that is open lies in the box), fulfilled, cancelled. scanned: the sum of its order_picks. locations: where units of
   it are. version grows with every change but those of time. Invoker''s rights: buyers see nothing but their own.';

COMMENT ON VIEW "public"."order_troubles" IS 'Orders that need a decision: refund_due (a refund is due), no_answer (unpaid past its deadline), short (the customer
   does not know yet that units are missing), inspect (returned units await inspection), withdrawn (the buyer withdrew
   from the contract), and provider_failed, disputed, unpaid (see payments.attention). Invoker''s rights.';

REVOKE ALL ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) TO "service_role";

REVOKE ALL ON TABLE "public"."order_queue" FROM "authenticated";

GRANT SELECT ON TABLE "public"."order_queue" TO "authenticated";

REVOKE ALL ON TABLE "public"."order_queue" FROM "service_role";

GRANT SELECT ON TABLE "public"."order_queue" TO "service_role";

REVOKE ALL ON TABLE "public"."order_troubles" FROM "authenticated";

GRANT SELECT ON TABLE "public"."order_troubles" TO "authenticated";

REVOKE ALL ON TABLE "public"."order_troubles" FROM "service_role";

GRANT SELECT ON TABLE "public"."order_troubles" TO "service_role";

reset check_function_bodies;
