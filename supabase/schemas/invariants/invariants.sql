-- Invariants: states that no transaction can commit, whichever path wrote them: a function with a mistake in it, or a
-- statement typed by the owner of the database. They span several tables, so they are checked at commit and raise
-- check_violation with the name of the constraint: a mistake of ours, not a refusal.
--
--   claims_match_their_item    every unit of an order item is allocated as the order's status demands
--   claims_match_their_line    a cart holds at most what its line says, and nothing without a line
--   items_match_their_order    an order has the units, the subtotal and the discount it says it has
--   money_has_its_order        captured money pays for units of an order, or is due for refund
--   keys_have_an_outcome       an idempotency key is committed together with its response
--
-- A constraint trigger runs once a row, and a checkout of sixty orders writes hundreds. So a statement that changes
-- claims, items or cart lines leaves one note of what it touched. The constraint trigger on the first note checks the
-- notes of the whole transaction together; the later ones find nothing left. Rare changes have constraint triggers of
-- their own.
--
-- The checks read what is committed or written by this transaction. Two transactions that each change half of it are
-- kept apart by the order's (the cart line's) row lock, which every function takes first and a check takes where it may
-- be the first. Holds of unpaid orders are the exception: whoever needs the units ends them, under the variant's lock
-- alone.

create function private.break_promise(name text, found jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = 'check_violation', constraint = break_promise.name,
    detail = break_promise.found::text,
    message = format('this would break the invariant "%s"', break_promise.name);
end;
$$;
comment on function private.break_promise(text, jsonb) is
  'Ends the transaction: an invariant that spans tables does not hold.';

-- Notes -------------------------------------------------------------------------------------------------------

create unlogged table private.touched (
  id bigint generated always as identity primary key,
  items bigint[] not null default '{}',
  holds bigint[] not null default '{}',
  orders uuid[] not null default '{}',
  carts uuid[] not null default '{}',
  transaction xid8 not null default pg_current_xact_id()
);
comment on table private.touched is
  'The changes of one statement that the commit has to check. A row lives as long as its transaction: the check removes
   it.';
comment on column private.touched.holds is 'Items of which only holds ended: checked without their order''s lock.';
alter table private.touched enable row level security;

create function private.check_items(items bigint[])
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
  where item.id = any (check_items.items)
    and not (sums.is_same and sums.fulfilled = item.fulfilled and case orders.status
      when 'awaiting_payment' then sums.held = sums.claims and sums.claimed in (0, item.quantity - item.cancelled)
      when 'placed' then sums.held = 0 and sums.claimed = item.quantity - item.cancelled
      else sums.held = 0 and sums.claimed = item.fulfilled and item.fulfilled + item.cancelled = item.quantity
    end)
  limit 1;
  if found then
    perform private.break_promise('claims_match_their_item', v_found);
  end if;
end;
$$;
comment on function private.check_items(bigint[]) is
  'placed: every open unit is committed exactly once. awaiting_payment: all units are held, or none since the hold ran
   out. fulfilled, cancelled: nothing is open. Units handed over are those the item says.';

create function private.check_orders(order_ids uuid[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('order_id', orders.id, 'units', orders.units, 'in_items', sums.units,
    'subtotal_minor', orders.subtotal_minor, 'items_minor', sums.minor, 'discount_minor', orders.discount_minor,
    'items_discount_minor', sums.discount)
  into v_found
  from public.orders
  cross join lateral (
    select coalesce(sum(item.quantity), 0) as units, coalesce(sum(item.total_minor), 0) as minor,
      coalesce(sum(item.discount_minor), 0) as discount
    from public.order_items as item where item.order_id = orders.id
  ) as sums
  where orders.id = any (check_orders.order_ids)
    and (orders.units, orders.subtotal_minor, orders.discount_minor) <> (sums.units, sums.minor, sums.discount)
  limit 1;
  if found then
    perform private.break_promise('items_match_their_order', v_found);
  end if;
end;
$$;
comment on function private.check_orders(uuid[]) is
  'An order''s units, subtotal and discount are those of its items: none is added, removed or resized later.';

create function private.check_carts(cart_ids uuid[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  if not exists (select from public.claims where claims.cart_id = any (cart_ids)) then
    return;
  end if;
  perform from public.cart_lines as line
  where line.cart_id = any (cart_ids)
  order by line.cart_id, line.variant_id
  for share;
  -- Read after the lock: nobody else can change the lines now.
  select jsonb_build_object(
    'cart_id', held.cart_id, 'variant_id', held.variant_id, 'held', held.units, 'wanted', line.quantity
  )
  into v_found
  from (
    select claims.cart_id, claims.variant_id, sum(claims.quantity) as units
    from public.claims where claims.cart_id = any (cart_ids)
    group by claims.cart_id, claims.variant_id
  ) as held
  -- (offset 0: by the index of the cart. That of the variant reads the lines of everybody who wants it.)
  left join lateral (
    select line.variant_id, line.quantity from public.cart_lines as line where line.cart_id = held.cart_id offset 0
  ) as line on line.variant_id = held.variant_id
  where held.units > coalesce(line.quantity, 0)
  limit 1;
  if found then
    perform private.break_promise('claims_match_their_line', v_found);
  end if;
end;
$$;
comment on function private.check_carts(uuid[]) is
  'A cart holds no more units of a variant than its line asks for, and none without a line.';

create function private.check_notes(items bigint[], holds bigint[], order_ids uuid[], cart_ids uuid[])
returns void
language plpgsql
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
begin
  if items <> '{}' then
    perform from public.orders
    where orders.id = any (
      array(select item.order_id from public.order_items as item where item.id = any (check_notes.items))
    )
      -- (Nobody else can see an order that this transaction made.)
      and orders.created_at <> now()
    order by orders.id
    for share;
  end if;
  if items <> '{}' or holds <> '{}' then
    perform private.check_items(items || holds);
  end if;
  if order_ids <> '{}' then
    perform private.check_orders(order_ids);
  end if;
  if cart_ids <> '{}' then
    perform private.check_carts(cart_ids);
  end if;
end;
$$;
comment on function private.check_notes(bigint[], bigint[], uuid[], uuid[]) is
  'Checks what the notes of a transaction name; the orders of items are locked first.';

create function private.check_touched()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_note private.touched;
  v_items bigint[] := '{}';
  v_holds bigint[] := '{}';
  v_orders uuid[] := '{}';
  v_carts uuid[] := '{}';
begin
  if not exists (select from private.touched where touched.id = new.id) then
    return null;
  end if;
  for v_note in
    delete from private.touched
    where touched.id >= new.id and touched.transaction = pg_current_xact_id()
    returning touched.*
  loop
    v_items := v_items || v_note.items;
    v_holds := v_holds || v_note.holds;
    v_orders := v_orders || v_note.orders;
    v_carts := v_carts || v_note.carts;
  end loop;
  perform private.check_notes(v_items, v_holds, v_orders, v_carts);
  return null;
end;
$$;
comment on function private.check_touched() is
  'Checks what this transaction changed, when it commits: this note together with all later ones. Nothing is left to do
   when an earlier note was checked with this one.';
create constraint trigger check_touched after insert on private.touched
  deferrable initially deferred
  for each row execute function private.check_touched();

create function private.claims_come()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, carts)
  select coalesce(array_agg(distinct added.order_item_id) filter (where added.order_item_id is not null), '{}'),
    coalesce(array_agg(distinct added.cart_id) filter (where added.cart_id is not null), '{}')
  from added
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.claims_come() is 'Notes the owners of new claims, to be checked at commit.';
create trigger claims_come after insert on public.claims
  referencing new table as added
  for each statement execute function private.claims_come();

create function private.claims_differ()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, carts)
  select coalesce(array_agg(distinct each.order_item_id) filter (where each.order_item_id is not null), '{}'),
    coalesce(array_agg(distinct each.cart_id) filter (where each.cart_id is not null), '{}')
  from (
    select changed.order_item_id, changed.cart_id from changed
    union all
    -- A cart that lost a claim holds less, which its line allows.
    select before.order_item_id, null from before
  ) as each
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.claims_differ() is 'Notes the owners of changed claims, to be checked at commit.';
create trigger claims_differ after update on public.claims
  referencing old table as before new table as changed
  for each statement execute function private.claims_differ();

create function private.claims_go()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, holds)
  select coalesce(array_agg(distinct removed.order_item_id) filter (where removed.expires_at is null), '{}'),
    coalesce(array_agg(distinct removed.order_item_id) filter (where removed.expires_at is not null), '{}')
  from removed
  where removed.order_item_id is not null
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.claims_go() is 'Notes the items that lost claims, to be checked at commit.';
create trigger claims_go after delete on public.claims
  referencing old table as removed
  for each statement execute function private.claims_go();

-- Order items -------------------------------------------------------------------------------------------------

create function private.items_come()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (holds, orders)
  select array_agg(added.id), array_agg(distinct added.order_id)
  from added
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.items_come() is
  'Notes new items, to be checked at commit. Their order''s row is locked by the foreign key.';
create trigger items_come after insert on public.order_items
  referencing new table as added
  for each statement execute function private.items_come();

create function private.items_differ()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, orders)
  select array_agg(changed.id), array_agg(distinct changed.order_id) || array_agg(distinct before.order_id)
  from changed
  join before using (id)
  where (changed.quantity, changed.fulfilled, changed.cancelled, changed.variant_id, changed.order_id,
      changed.total_minor, changed.discount_minor)
    <> (before.quantity, before.fulfilled, before.cancelled, before.variant_id, before.order_id,
      before.total_minor, before.discount_minor)
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.items_differ() is 'Notes changed items, to be checked at commit.';
create trigger items_differ after update on public.order_items
  referencing old table as before new table as changed
  for each statement execute function private.items_differ();

create function private.items_go()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (orders) select array_agg(distinct removed.order_id) from removed having count(*) > 0;
  return null;
end;
$$;
comment on function private.items_go() is 'Notes the orders that lost items, to be checked at commit.';
create trigger items_go after delete on public.order_items
  referencing old table as removed
  for each statement execute function private.items_go();

create function private.orders_match_their_claims()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  perform private.check_items(array(select item.id from public.order_items as item where item.order_id = new.id));
  return null;
end;
$$;
comment on function private.orders_match_their_claims() is 'See private.check_items.';
create constraint trigger orders_match_their_claims after update of status on public.orders
  deferrable initially deferred
  for each row when (new.status <> old.status) execute function private.orders_match_their_claims();

create function private.orders_match_their_items()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  perform private.check_orders(array[new.id]);
  return null;
end;
$$;
comment on function private.orders_match_their_items() is 'See private.check_orders.';
create constraint trigger orders_match_their_items after update of units on public.orders
  deferrable initially deferred
  for each row when (new.units <> old.units) execute function private.orders_match_their_items();

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
    select case when orders.status in ('placed', 'fulfilled') then private.order_worth(orders.id) else 0 end as minor
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
create constraint trigger items_keep_no_money
  after update of cancelled, returned, price_minor, discount_minor on public.order_items
  deferrable initially deferred
  for each row when (
    new.cancelled > old.cancelled or new.returned > old.returned or new.price_minor < old.price_minor
      or new.discount_minor > old.discount_minor
  )
  execute function private.money_has_its_order();

-- Carts -------------------------------------------------------------------------------------------------------

create function private.lines_differ()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.check_carts(array[old.cart_id, new.cart_id]);
  return null;
end;
$$;
comment on function private.lines_differ() is
  'Checks the cart of a line that shrank or became another''s. Per row: it is rare, and a hold, which never shrinks a
   line, does not pay for it.';
create constraint trigger lines_differ after update on public.cart_lines
  deferrable initially deferred
  for each row when (new.quantity < old.quantity or new.cart_id <> old.cart_id or new.variant_id <> old.variant_id)
  execute function private.lines_differ();

create function private.lines_go()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  insert into private.touched (carts)
  select array_agg(distinct removed.cart_id)
  from removed
  -- (A later claim leaves a separate note.)
  where exists (
    select from public.claims where claims.cart_id = removed.cart_id and claims.variant_id = removed.variant_id
  )
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.lines_go() is
  'Notes the carts that lost a line and still hold units of it, to be checked at commit.';
create trigger lines_go after delete on public.cart_lines
  referencing old table as removed
  for each statement execute function private.lines_go();

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
    perform private.break_promise(
      'keys_have_an_outcome', jsonb_build_object('key', new.key, 'operation', new.operation)
    );
  end if;
  return null;
end;
$$;
comment on function private.keys_have_an_outcome() is
  'A key is committed with the response a repeat gets, or not at all.';
create constraint trigger keys_have_an_outcome after insert or update on private.idempotency_keys
  deferrable initially deferred
  for each row when (new.response is null) execute function private.keys_have_an_outcome();
