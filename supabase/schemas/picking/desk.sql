create view public.order_troubles with (security_invoker = true) as
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
comment on view public.order_troubles is
  'Orders that need a decision: refund_due (a refund is due), no_answer (unpaid past its deadline), short (the customer
   does not know yet that units are missing), inspect (returned units await inspection), withdrawn (the buyer withdrew
   from the contract), and provider_failed, disputed, unpaid (see payments.attention). Invoker''s rights.';
revoke all on public.order_troubles from anon, authenticated, service_role;
grant select on public.order_troubles to authenticated, service_role;

create view public.order_queue with (security_invoker = true) as
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
comment on view public.order_queue is
  'One row per order as the queue shows it. stage: awaiting_payment, to_pick (units still lie on a shelf), ready (all
   that is open lies in the box), fulfilled, cancelled. scanned: the sum of its order_picks. locations: where units of
   it are. version grows with every change but those of time. Invoker''s rights: buyers see nothing but their own.';
revoke all on public.order_queue from anon, authenticated, service_role;
grant select on public.order_queue to authenticated, service_role;

create view public.pick_lines with (security_invoker = true) as
select
  item.order_id,
  item.id as order_item_id,
  claims.location_id,
  item.variant_id,
  item.sku,
  variants.barcode,
  item.title,
  item.option_values,
  item.price_minor,
  claims.quantity,
  claims.fulfilled,
  coalesce(pick.picked, 0) as picked,
  coalesce(pick.version, 0) as version,
  (
    select media.src
    from public.product_media as media
    where media.product_id = variants.product_id
      and (media.variant_id = variants.id or media.variant_id is null)
    order by media.variant_id is null, media.position
    limit 1
  ) as picture
from public.claims
join public.order_items as item on item.id = claims.order_item_id
join public.variants on variants.id = item.variant_id
join public.locations on locations.id = claims.location_id
left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
where claims.expires_at is null
order by locations.position, claims.location_id, item.title, item.id;
comment on view public.pick_lines is
  'The pick list: one row per order item and location with units of it. quantity of them are the order''s, picked are
   in the box or handed over, fulfilled were handed over. Staff only.';
revoke all on public.pick_lines from anon, authenticated, service_role;
grant select on public.pick_lines to authenticated, service_role;

create function public.search_orders(
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
comment on function public.search_orders(text, text, boolean, uuid, uuid, integer) is
  'A page of public.order_queue: rows after the order `after`, up to size (1 to 200). query: an order number, or part
   of a name or e-mail address. stage: one of the view''s, or trouble; oldest first for orders that need work, newest
   first for the rest. paid: whether it is paid. location_id: orders with units there. Staff; buyers see their own.';
revoke execute on function public.search_orders(text, text, boolean, uuid, uuid, integer) from public, anon;
grant execute on function public.search_orders(text, text, boolean, uuid, uuid, integer) to authenticated, service_role;

create function public.count_open_orders()
returns table (stage text, orders bigint)
language sql
stable
set search_path = ''
as $$
  select queue.stage, count(*)
  from public.order_queue as queue
  where queue.status in ('awaiting_payment', 'placed')
  group by queue.stage
  union all
  select 'trouble', count(distinct order_troubles.order_id)
  from public.order_troubles
$$;
comment on function public.count_open_orders() is
  'The number of orders in each stage that needs work; an empty stage may be absent. Staff.';
revoke execute on function public.count_open_orders() from public, anon;
grant execute on function public.count_open_orders() to authenticated, service_role;

revoke execute on function
  public.short_pick(uuid, uuid, bigint, integer, uuid), public.settle_shorts(uuid, uuid), public.give_refund(uuid, uuid)
from public, anon;
grant execute on function
  public.short_pick(uuid, uuid, bigint, integer, uuid), private.short_pick(uuid, uuid, bigint, integer, uuid),
  public.settle_shorts(uuid, uuid), private.settle_shorts(uuid, uuid),
  public.give_refund(uuid, uuid), private.give_refund(uuid, uuid)
to authenticated, service_role;
