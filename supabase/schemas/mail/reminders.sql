-- Reminders: an order that is not paid, or not collected and paid, is cancelled at its deadline. Its buyer is reminded
-- once, a fair time before. As every e-mail, a reminder is an event with its message; nothing else sends it.

create unique index order_events_remind_once on public.order_events (order_id) where kind = 'payment_reminded';

create function private.remind_unpaid()
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
comment on function private.remind_unpaid() is
  'Reminds the buyers of at most 50 orders that are not paid, once each: in the last third of their time, at most a day
   and at least an hour before the deadline, if they had twelve hours or more. Not while a payment is in progress.';

create function private.drop_reminders()
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
comment on function private.drop_reminders() is
  'Deletes reminders that were not sent in time: their order is paid, confirmed or over by now.';
