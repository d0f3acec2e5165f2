set check_function_bodies = off;

-- No statement of this migration uses it.
ALTER TYPE "public"."mail_kind" ADD VALUE 'payment_reminder' AFTER 'payment_declined';

create or replace function private.drop_reminders()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.mail
  using public.order_events as event, public.payments as payment
  where mail.status = 'waiting' and mail.due_at <= private.clock() and mail.kind = 'payment_reminder'
    and event.id = mail.event_id
    and payment.order_id = event.order_id
    and (
      payment.status not in ('due', 'pending', 'declined') or payment.deadline is null
      or payment.deadline <= private.clock()
    );
end;
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

create or replace function private.remind_unpaid()
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
begin
  -- Not when the end is near: a reminder nobody can follow is none.
  with unpaid as (
    select orders.id, payment.deadline
    from public.payments as payment
    join public.orders on orders.id = payment.order_id
    where payment.status in ('due', 'pending', 'declined')
      and payment.deadline > v_now + interval '1 hour'
      and payment.deadline <= v_now + interval '1 day'
      and payment.deadline <= v_now + (payment.deadline - payment.created_at) / 3
      and payment.deadline - payment.created_at >= interval '12 hours'
      and coalesce(payment.attempt_at <= v_now - interval '2 minutes', true)
      and orders.status in ('awaiting_payment', 'placed')
      and not exists (
        select from public.order_events as event
        where event.order_id = orders.id and event.kind = 'payment_reminded'
      )
    order by payment.deadline limit 50
    for no key update of orders skip locked
  ), reminded as (
    insert into public.order_events (order_id, kind, detail)
    select unpaid.id, 'payment_reminded', jsonb_build_object('deadline', unpaid.deadline) from unpaid
    on conflict do nothing
    returning order_events.order_id
  )
  update public.orders set updated_at = clock_timestamp() from reminded where orders.id = reminded.order_id;
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
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server sends e-mails.');
  end if;
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

CREATE UNIQUE INDEX order_events_remind_once ON public.order_events USING btree (order_id) WHERE (kind = 'payment_reminded'::text);

COMMENT ON FUNCTION "private"."drop_reminders"() IS 'Deletes reminders that were not sent in time: their order is paid, confirmed or over by now.';

COMMENT ON FUNCTION "private"."remind_unpaid"() IS 'Reminds the buyers of at most 50 orders that are not paid, once each: in the last third of their time, at most a day
   and at least an hour before the deadline, if they had twelve hours or more. Not while a payment is in progress.';

COMMENT ON FUNCTION "public"."take_mail"(integer) IS 'The messages that are due, oldest first, at most so many (1 to 100): [{message_id, lease, kind, event, order,
   order_token, collect_at}]. order as read_order returns it; order_token opens a guest''s order for 90 days, NULL for
   the order of an account; collect_at {name, address}. Each is leased for five minutes: settle it by settle_mail, or
   it is due again. Writes the reminders that are due, first. For the secret key. Raises role_required (403).';

COMMENT ON TYPE "public"."mail_kind" IS 'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address, or
   their tracking number is known. order_reduced: units were cancelled. order_cancelled: all of them. order_refunded:
   money went back. payment_declined: can be paid again. payment_reminder: is cancelled soon, because it is not paid.';

REVOKE ALL ON FUNCTION "private"."drop_reminders"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remind_unpaid"() FROM PUBLIC;

reset check_function_bodies;
