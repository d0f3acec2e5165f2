-- The order desk: what staff see of orders and do to them besides picking (000820): units that are not where they should
-- be, money that goes back at the counter, the queue. Refusals: role_required, not_found, invalid_input, order_not_open,
-- nothing_to_pick, order_claimed, idempotency_key_reused.

-- short_pick --------------------------------------------------------------------------------------------------

create function private.claim_elsewhere(item public.order_items, units integer, not_at uuid)
returns table (location_id uuid, units integer)
language sql
set search_path = ''
as $$
  with free as (
    select level.location_id, level.available,
      sum(level.available) over (order by locations.position, level.location_id) - level.available as before
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    where level.variant_id = item.variant_id and level.available > 0 and level.location_id <> claim_elsewhere.not_at
  ),
  taken as (
    select free.location_id, least(free.available, claim_elsewhere.units - free.before)::integer as units
    from free
    where free.before < claim_elsewhere.units
  ),
  claimed as (
    insert into public.claims (variant_id, location_id, order_item_id, quantity)
    select item.variant_id, taken.location_id, item.id, taken.units
    from taken
    on conflict (order_item_id, location_id) where order_item_id is not null do update
    set quantity = claims.quantity + excluded.quantity
  )
  select taken.location_id, taken.units from taken
$$;
comment on function private.claim_elsewhere(public.order_items, integer, uuid) is
  'Commits up to so many units of an item at other locations, in the shop''s own order, and returns where it got how many.
   The caller holds the variant''s lock.';

create function private.settle_order(settled public.orders)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_status public.order_status;
begin
  select case
      when bool_or(item.fulfilled + item.cancelled < item.quantity) then 'placed'
      when bool_or(item.fulfilled > 0) then 'fulfilled'
      else 'cancelled'
    end
  into v_status
  from public.order_items as item where item.order_id = settled.id;
  update public.orders
  set status = v_status,
    cancelled_at = case when v_status = 'cancelled' then private.clock() end,
    updated_at = clock_timestamp()
  where orders.id = settled.id;
  if v_status = 'cancelled' then
    update public.payments set status = 'void' where payments.order_id = settled.id and payments.status <> 'captured';
  end if;
  if v_status <> 'placed' then
    perform private.put_back_picks(settled.id);
  end if;
end;
$$;
comment on function private.settle_order(public.orders) is
  'Brings a placed order''s status in line with its items: still open, handed over as far as it went, or cancelled
   altogether. Always moves its version. The caller holds its lock.';

create function private.short_pick(order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_item public.order_items;
  v_left integer;
  v_elsewhere jsonb;
  v_cancelled integer;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'short_pick', jsonb_build_array(order_id, location_id, order_item_id, missing));
  if v_response is not null then
    return v_response;
  end if;
  if missing is null or missing not between 1 and 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'missing', 'problem', 'not 1 to 99', 'value', missing),
      'Say how many units are not there.');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);
  select * into v_item from public.order_items as item where item.id = short_pick.order_item_id and item.order_id = v_order.id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Reload the order.');
  end if;
  perform private.queue_for(array[v_item.variant_id]);
  select claims.quantity - greatest(claims.fulfilled, coalesce(pick.picked, 0)) into v_left
  from public.claims
  left join public.order_picks as pick on pick.order_item_id = claims.order_item_id and pick.location_id = claims.location_id
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id;
  if coalesce(v_left, 0) < missing then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_item.title,
        'wanted', missing, 'left', coalesce(v_left, 0)),
      'What is picked or handed over cannot be missing.');
  end if;

  -- What the books had here and the shelf has not: the order lets go of it and the ledger writes it off, so that what is
  -- available here does not move. Then other locations are asked.
  delete from public.claims
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id and claims.quantity = missing;
  update public.claims
  set quantity = claims.quantity - missing
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id and claims.quantity > missing;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, note)
  values (v_item.variant_id, short_pick.location_id, -missing, 'correction', 'order ' || v_order.number, 'not found while picking');
  perform private.release_expired(array[v_item.variant_id]);
  select coalesce(jsonb_agg(to_jsonb(got)), '[]'), missing - coalesce(sum(got.units), 0)
  into v_elsewhere, v_cancelled
  from private.claim_elsewhere(v_item, missing, short_pick.location_id) as got;

  perform private.open_picks(v_order.id);
  insert into public.order_shorts (order_item_id, location_id, missing, cancelled)
  values (v_item.id, short_pick.location_id, missing, v_cancelled);
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'short', jsonb_build_object('title', v_item.title, 'location_id', short_pick.location_id,
    'missing', missing, 'elsewhere', v_elsewhere, 'cancelled', v_cancelled));
  if v_cancelled > 0 then
    update public.order_items as item set cancelled = item.cancelled + v_cancelled where item.id = v_item.id;
    update public.payments as payment
    set refund_due_minor = payment.refund_due_minor + v_cancelled * v_item.price_minor::bigint
    where payment.order_id = v_order.id and payment.status = 'captured';
  end if;
  perform private.settle_order(v_order);
  perform private.finish_picking(v_order.id);

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.short_pick(uuid, uuid, bigint, integer, uuid) is 'See public.short_pick.';

create function public.short_pick(order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.short_pick(order_id, location_id, order_item_id, missing, idempotency_key);
end;
$$;
comment on function public.short_pick(uuid, uuid, bigint, integer, uuid) is
  'So many units of an order item are not where they are committed: they are written off there (reason correction) and
   committed at other locations that have them; what nobody has is taken off the order, captured money becomes due for
   refund, and the order is in trouble until settle_shorts. Staff of role stock; takes or renews the lease. Returns the
   order as read_order does. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409), order_claimed (409),
   nothing_to_pick (409), invalid_input (422), idempotency_key_reused (409).';

create function private.settle_shorts(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'settle_shorts', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  update public.order_shorts as short
  set told_at = private.clock()
  from public.order_items as item
  where item.order_id = v_order.id and short.order_item_id = item.id and short.cancelled > 0 and short.told_at is null;
  if found then
    insert into public.order_events (order_id, kind) values (v_order.id, 'told');
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.settle_shorts(uuid, uuid) is 'See public.settle_shorts.';

create function public.settle_shorts(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.settle_shorts(order_id, idempotency_key);
end;
$$;
comment on function public.settle_shorts(uuid, uuid) is
  'Somebody spoke to the customer about what was short; staff of role stock. Returns the order. Raises role_required (403),
   location_not_yours (403), not_found (404), idempotency_key_reused (409).';

-- give_refund -------------------------------------------------------------------------------------------------

create function private.give_refund(order_id uuid, idempotency_key uuid)
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
comment on function private.give_refund(uuid, uuid) is 'See public.give_refund.';

create function public.give_refund(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.give_refund(order_id, idempotency_key);
end;
$$;
comment on function public.give_refund(uuid, uuid) is
  'Gives back all that is due of an order; managers. Money of the counter is booked as given at once; for a provider only
   the decision is noted: whoever calls then asks the provider, whose signed answer books it. Returns the order. Raises
   role_required (403), not_found (404), order_not_open (409: nothing is due back), idempotency_key_reused (409).';

-- The queue ---------------------------------------------------------------------------------------------------

create index orders_open on public.orders (created_at, id) where status in ('awaiting_payment', 'placed');
create index orders_cancelled on public.orders (created_at desc, id) where status = 'cancelled';
create index orders_by_words on public.orders using gin (lower(name || ' ' || email) extensions.gin_trgm_ops);

create view public.order_troubles with (security_invoker = true) as
select payment.order_id, 'refund_due' as trouble, payment.updated_at as since
from public.payments as payment
where payment.refund_due_minor > payment.refunded_minor
union all
select payment.order_id, 'no_answer', payment.deadline
from public.payments as payment
where payment.status in ('pending', 'declined') and payment.deadline <= now()
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
comment on view public.order_troubles is
  'What waits for a decision: refund_due (money must go back), no_answer (unpaid past its deadline), short (the customer has
   not been told what is missing), inspect (something that came back is set aside). Invoker''s rights.';
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
  'One row per order as the queue shows it. stage: awaiting_payment, to_pick (units still lie on a shelf), ready (all that is
   open lies in the box), fulfilled, cancelled. scanned: the sum of its order_picks. locations: where units of it are. version grows with every change but those
   of time. Invoker''s rights: buyers see nothing but their own.';
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
  'What is to be fetched for an order and where: one row per item and location it has units at. quantity of them are the
   order''s, picked lie in the box or are handed over, fulfilled were handed over. Staff only.';
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
    -- What waits for somebody: not many, and who has waited longest comes first.
    return query
    select queue.*
    from public.order_queue as queue
    where (v_status is null or queue.status = v_status and queue.stage = search_orders.stage)
      and (search_orders.stage <> 'trouble' or queue.order_id in (select order_troubles.order_id from public.order_troubles))
      and (v_words is null or queue.number = v_number or lower(queue.name || ' ' || queue.email) like v_like)
      and (search_orders.paid is null or (queue.payment = 'captured') = search_orders.paid)
      and (search_orders.location_id is null or search_orders.location_id = any (queue.locations))
      and (v_after.id is null or (queue.created_at, queue.order_id) > (v_after.created_at, v_after.id))
    order by queue.created_at, queue.order_id
    limit v_size;
  else
    -- What has been: all of it, newest first.
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
  'A page of public.order_queue: rows after the order `after`, up to size (1 to 200). query: an order number, or part of a
   name or e-mail address. stage: one of the view''s, or trouble; oldest first for what waits for somebody, newest first
   for the rest. paid: whether the money is here. location_id: orders with units there. Staff; buyers see their own.';
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
  'How many orders wait in each stage that somebody has to do something about; a stage without any may be missing. Staff.';
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
