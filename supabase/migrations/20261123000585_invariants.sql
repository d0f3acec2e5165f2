-- Invariants: states that no transaction can commit, whichever path wrote them: a function with a mistake in it, or a
-- statement typed by the owner of the database. They span several tables, so they are constraint triggers that run at
-- commit; WHEN clauses keep them from running where nothing they check can have changed. Each raises check_violation
-- with the name of the constraint: a mistake of ours, not a refusal.
--
--   claims_match_their_item    every unit of an order item is allocated as the order's status demands
--   claims_match_their_line    a cart holds at most what its line says, and nothing without a line
--   items_match_their_order    an order has the units it says it has
--   money_has_its_order        captured money pays for units of an order, or is due for refund
--   keys_have_an_outcome       an idempotency key is committed together with its response
--
-- The checks read what is committed or written by this transaction. Two transactions that each change half of it are kept
-- apart by the order's (the cart line's) row lock, which every function takes first and a check takes where it may be
-- the first. Holds of unpaid orders are the exception: whoever needs the units ends them, under the variant's lock alone.

create function private.break_promise(name text, found jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = 'check_violation', constraint = break_promise.name, detail = break_promise.found::text,
    message = format('this would break the invariant "%s"', break_promise.name);
end;
$$;
comment on function private.break_promise(text, jsonb) is 'Ends the transaction: an invariant that spans tables does not hold.';

-- Order items -------------------------------------------------------------------------------------------------

create function private.check_item(order_item_id bigint)
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('order_item_id', item.id, 'status', orders.status, 'quantity', item.quantity,
    'fulfilled', item.fulfilled, 'cancelled', item.cancelled, 'claimed', sums.claimed, 'handed_over', sums.fulfilled)
  into v_found
  from public.order_items as item
  join public.orders on orders.id = item.order_id
  cross join lateral (
    select coalesce(sum(claims.quantity), 0) as claimed, coalesce(sum(claims.fulfilled), 0) as fulfilled,
      count(*) filter (where claims.expires_at is not null) as held, count(*) as claims,
      coalesce(bool_and(claims.variant_id = item.variant_id), true) as is_same
    from public.claims
    where claims.order_item_id = item.id
  ) as sums
  where item.id = check_item.order_item_id
    and not (sums.is_same and sums.fulfilled = item.fulfilled and case orders.status
      when 'awaiting_payment' then sums.held = sums.claims and sums.claimed in (0, item.quantity - item.cancelled)
      when 'placed' then sums.held = 0 and sums.claimed = item.quantity - item.cancelled
      else sums.held = 0 and sums.claimed = item.fulfilled and item.fulfilled + item.cancelled = item.quantity
    end);
  if found then
    perform private.break_promise('claims_match_their_item', v_found);
  end if;
end;
$$;
comment on function private.check_item(bigint) is
  'placed: every open unit is committed exactly once. awaiting_payment: all units are held, or none since the hold ran
   out. fulfilled, cancelled: nothing is open. Units handed over are those the item says.';

create function private.claims_match_their_item()
returns trigger
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  if tg_op <> 'INSERT' and old.order_item_id is not null then
    if old.expires_at is null then
      perform from public.orders
      where orders.id = (select item.order_id from public.order_items as item where item.id = old.order_item_id)
      for share;
    end if;
    perform private.check_item(old.order_item_id);
    if tg_op = 'DELETE' or new.order_item_id = old.order_item_id then
      return null;
    end if;
  end if;
  if new.order_item_id is not null then
    perform from public.orders
    where orders.id = (select item.order_id from public.order_items as item where item.id = new.order_item_id)
    for share;
    perform private.check_item(new.order_item_id);
  end if;
  return null;
end;
$$;
comment on function private.claims_match_their_item() is 'See private.check_item.';
create constraint trigger claims_match_their_item after insert on public.claims
  deferrable initially deferred
  for each row when (new.order_item_id is not null) execute function private.claims_match_their_item();
create constraint trigger claims_still_match_their_item after update on public.claims
  deferrable initially deferred
  for each row when (new.order_item_id is not null or old.order_item_id is not null)
  execute function private.claims_match_their_item();
create constraint trigger claims_match_their_item_no_more after delete on public.claims
  deferrable initially deferred
  for each row when (old.order_item_id is not null) execute function private.claims_match_their_item();

create function private.items_match_their_claims()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.check_item(new.id);
  return null;
end;
$$;
comment on function private.items_match_their_claims() is 'See private.check_item.';
create constraint trigger items_match_their_claims after insert or update of quantity, fulfilled, cancelled, variant_id, order_id
  on public.order_items
  deferrable initially deferred
  for each row execute function private.items_match_their_claims();

create function private.orders_match_their_claims()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.check_item(item.id) from public.order_items as item where item.order_id = new.id;
  return null;
end;
$$;
comment on function private.orders_match_their_claims() is 'See private.check_item.';
create constraint trigger orders_match_their_claims after update of status on public.orders
  deferrable initially deferred
  for each row when (new.status <> old.status) execute function private.orders_match_their_claims();

create function private.items_match_their_order()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('order_id', orders.id, 'units', orders.units, 'in_items', sums.units)
  into v_found
  from public.orders
  cross join lateral (
    select coalesce(sum(item.quantity), 0) as units from public.order_items as item where item.order_id = orders.id
  ) as sums
  where orders.id = old.order_id and orders.units <> sums.units;
  if found then
    perform private.break_promise('items_match_their_order', v_found);
  end if;
  return null;
end;
$$;
comment on function private.items_match_their_order() is 'An order''s units are those of its items: no item is removed or resized.';
create constraint trigger items_match_their_order after delete or update of quantity, order_id on public.order_items
  deferrable initially deferred
  for each row execute function private.items_match_their_order();

-- Money -------------------------------------------------------------------------------------------------------

create function private.check_money(order_id uuid)
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  perform from public.orders where orders.id = check_money.order_id for share;
  select jsonb_build_object('order_id', orders.id, 'status', orders.status, 'captured_minor', payment.captured_minor,
    'refund_due_minor', payment.refund_due_minor, 'worth_minor', worth.minor)
  into v_found
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  cross join lateral (
    select coalesce(sum((item.quantity - item.cancelled - item.returned) * item.price_minor::bigint), 0) as minor
    from public.order_items as item
    where item.order_id = orders.id and orders.status in ('placed', 'fulfilled')
  ) as worth
  where payment.order_id = check_money.order_id
    and payment.captured_minor - payment.refund_due_minor > worth.minor;
  if found then
    perform private.break_promise('money_has_its_order', v_found);
  end if;
end;
$$;
comment on function private.check_money(uuid) is
  'Captured money that is not due for refund pays for units the buyer gets or has: none of an order that is cancelled or
   waits for its payment.';

create function private.money_has_its_order()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'orders' then
    perform private.check_money(new.id);
  else
    perform private.check_money(new.order_id);
  end if;
  return null;
end;
$$;
comment on function private.money_has_its_order() is 'See private.check_money.';
create constraint trigger money_has_its_order after insert or update on public.payments
  deferrable initially deferred
  for each row when (new.captured_minor > new.refund_due_minor) execute function private.money_has_its_order();
create constraint trigger orders_keep_no_money after update of status on public.orders
  deferrable initially deferred
  for each row when (new.status <> old.status and new.status in ('awaiting_payment', 'cancelled'))
  execute function private.money_has_its_order();
create constraint trigger items_keep_no_money after update of cancelled, returned, price_minor on public.order_items
  deferrable initially deferred
  for each row when (new.cancelled > old.cancelled or new.returned > old.returned or new.price_minor < old.price_minor)
  execute function private.money_has_its_order();

-- Carts -------------------------------------------------------------------------------------------------------

create function private.check_line(cart_id uuid, variant_id uuid)
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_wanted integer;
  v_held bigint;
begin
  if not exists (
    select from public.claims
    where claims.cart_id = check_line.cart_id and claims.variant_id = check_line.variant_id
  ) then
    return;
  end if;
  select line.quantity into v_wanted
  from public.cart_lines as line
  where line.cart_id = check_line.cart_id and line.variant_id = check_line.variant_id
  for share;
  -- Counted after the lock: nobody else can change the line now.
  select sum(claims.quantity) into v_held
  from public.claims
  where claims.cart_id = check_line.cart_id and claims.variant_id = check_line.variant_id;
  if v_held > coalesce(v_wanted, 0) then
    perform private.break_promise('claims_match_their_line', jsonb_build_object('cart_id', check_line.cart_id,
      'variant_id', check_line.variant_id, 'held', v_held, 'wanted', v_wanted));
  end if;
end;
$$;
comment on function private.check_line(uuid, uuid) is
  'A cart holds no more units of a variant than its line asks for, and none without a line.';

create function private.claims_match_their_line()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.check_line(new.cart_id, new.variant_id);
  return null;
end;
$$;
comment on function private.claims_match_their_line() is 'See private.check_line.';

create function private.lines_cover_their_claims()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.check_line(old.cart_id, old.variant_id);
  return null;
end;
$$;
comment on function private.lines_cover_their_claims() is 'See private.check_line.';
create constraint trigger claims_match_their_line after insert on public.claims
  deferrable initially deferred
  for each row when (new.cart_id is not null) execute function private.claims_match_their_line();
create constraint trigger claims_still_match_their_line after update of cart_id, variant_id, quantity on public.claims
  deferrable initially deferred
  for each row when (new.cart_id is not null and (new.cart_id is distinct from old.cart_id
    or new.variant_id <> old.variant_id or new.quantity > old.quantity))
  execute function private.claims_match_their_line();
create constraint trigger lines_cover_their_claims after update of cart_id, variant_id, quantity on public.cart_lines
  deferrable initially deferred
  for each row when (new.quantity < old.quantity or new.cart_id <> old.cart_id or new.variant_id <> old.variant_id)
  execute function private.lines_cover_their_claims();
create constraint trigger lines_cover_their_claims_no_more after delete on public.cart_lines
  deferrable initially deferred
  for each row execute function private.lines_cover_their_claims();

-- Keys --------------------------------------------------------------------------------------------------------

create function private.keys_have_an_outcome()
returns trigger
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  if exists (
    select from private.idempotency_keys as asked
    where asked.actor = new.actor and asked.key = new.key and asked.response is null
  ) then
    perform private.break_promise('keys_have_an_outcome', jsonb_build_object('key', new.key, 'operation', new.operation));
  end if;
  return null;
end;
$$;
comment on function private.keys_have_an_outcome() is 'A key is committed with the response a repeat gets, or not at all.';
create constraint trigger keys_have_an_outcome after insert or update on private.idempotency_keys
  deferrable initially deferred
  for each row when (new.response is null) execute function private.keys_have_an_outcome();
