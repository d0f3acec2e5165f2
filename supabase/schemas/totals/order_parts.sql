-- The parts of an order's total, as they were when it was placed. Of a total and its parts only one can be wrong: the
-- subtotal follows from the others, and is compared with the items when a transaction commits (check_orders in
-- schemas/invariants/invariants.sql).

alter table public.orders
  add column discount_minor bigint not null default 0,
  add column delivery_minor bigint not null default 0,
  add column delivery_tax_bp integer check (delivery_tax_bp between 0 and 10000),
  add column delivery_estimate text,
  add column subtotal_minor bigint not null generated always as (total_minor - delivery_minor + discount_minor) stored,
  add column discount_id uuid,
  add column discount_title text,
  add column is_walk_in boolean not null default false,
  add constraint orders_total_adds_up check (
    discount_minor >= 0 and delivery_minor >= 0 and total_minor >= delivery_minor
      and (delivery = 'delivery' or delivery_minor = 0)
  ),
  add constraint orders_of_walk_ins_name_nobody check (
    not is_walk_in or delivery = 'collection' and (user_id, token_hash, guest_hash, phone) is null
  );
comment on column public.orders.total_minor is
  'Minor units, tax included: its items, less the discount, with the delivery.';
comment on column public.orders.discount_minor is 'The discount of all items together, minor units.';
comment on column public.orders.discount_id is
  'The code whose use it has (discount_claims). No foreign key on purpose: it would lock that one row for every order.';
comment on column public.orders.discount_title is 'The name of its discount, as it was.';
comment on column public.orders.is_walk_in is
  'Whether it was sold at the counter (sell_at_counter). Such an order names nobody and causes no e-mail.';
comment on column public.orders.delivery_minor is 'The price of the delivery, minor units, tax included.';
comment on column public.orders.delivery_tax_bp is
  'The rate of the tax in it, in basis points. NULL: the delivery is taxed as the items are (private.tax_parts).';
comment on column public.orders.delivery_estimate is 'How long the delivery takes, as the shopper was told.';
comment on column public.orders.subtotal_minor is 'The items at their prices, minor units.';
create constraint trigger orders_add_up after update of total_minor, discount_minor, delivery_minor on public.orders
  deferrable initially deferred
  for each row when (
    (new.total_minor, new.discount_minor, new.delivery_minor)
      <> (old.total_minor, old.discount_minor, old.delivery_minor)
  ) execute function private.orders_match_their_items();

create function private.order_taxes(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(part) order by part.rate_bp desc), '[]')
    from (
      select array_agg(item.tax_rate_bp order by item.id) as rates,
        array_agg(item.total_minor - item.discount_minor order by item.id) as amounts,
        array_agg(item.tax_minor order by item.id) as taxes
      from public.order_items as item where item.order_id = order_taxes.order_id
    ) as lines
    join public.orders on orders.id = order_taxes.order_id
    cross join lateral private.tax_parts(
      lines.rates, lines.amounts, lines.taxes, orders.delivery_minor, orders.delivery_tax_bp
    ) as part
  );
end;
$$;
comment on function private.order_taxes(uuid) is
  'The tax of an order per rate, as it was placed: [{rate_bp, amount_minor, tax_minor}], the highest rate first.';

-- Uses of codes -----------------------------------------------------------------------------------------------

create function private.return_use()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.discount_claims where discount_claims.order_id = new.id;
  return null;
end;
$$;
comment on function private.return_use() is 'Trigger of orders: a cancelled order gives its use of a code back.';
create trigger orders_return_uses after update of status on public.orders
  for each row when (new.status = 'cancelled' and old.status <> 'cancelled' and new.discount_id is not null)
  execute function private.return_use();

create function private.check_use(order_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('order_id', orders.id, 'status', orders.status, 'discount_id', orders.discount_id)
  into v_found
  from public.orders
  where orders.id = check_use.order_id and (orders.discount_id is not null and orders.status <> 'cancelled') <> exists (
    select from private.discount_claims as claim
    where claim.order_id = orders.id and claim.discount_id = orders.discount_id
  );
  if found then
    perform private.break_promise('uses_match_their_order', v_found);
  end if;
end;
$$;
comment on function private.check_use(uuid) is 'An order with a code has one use of it, until it is cancelled.';

create function private.uses_match_their_order()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'orders' then
    perform private.check_use(new.id);
  else
    perform private.check_use(coalesce(old.order_id, new.order_id));
  end if;
  return null;
end;
$$;
comment on function private.uses_match_their_order() is 'See private.check_use.';
create constraint trigger orders_match_their_use after insert or update of status, discount_id on public.orders
  deferrable initially deferred
  for each row when (new.discount_id is not null) execute function private.uses_match_their_order();
create constraint trigger claims_match_their_order after insert or update or delete on private.discount_claims
  deferrable initially deferred
  for each row execute function private.uses_match_their_order();

create function private.discounts_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'discounts', null::uuid, null::uuid,
    jsonb_build_object('discount_id', counts.discount_id, 'held', coalesce(sums.held, 0),
      'used', coalesce(sums.used, 0), 'orders', coalesce(placed.orders, 0)),
    jsonb_build_object('discount_id', counts.discount_id, 'held', counts.held, 'used', counts.used,
      'orders', counts.used)
  from public.discount_counts as counts
  left join (
    select claim.discount_id, count(claim.cart_id) as held, count(claim.order_id) as used
    from private.discount_claims as claim
    group by claim.discount_id
  ) as sums using (discount_id)
  left join (
    select orders.discount_id, count(*) as orders
    from public.orders
    where orders.discount_id is not null and orders.status <> 'cancelled'
    group by orders.discount_id
  ) as placed using (discount_id)
  where (counts.held, counts.used, counts.used)
    is distinct from (coalesce(sums.held, 0), coalesce(sums.used, 0), coalesce(placed.orders, 0))
$$;
comment on function private.discounts_drift() is
  'Where the counts of a code differ from its claims, or from the orders that have it.';
