-- Totals: every amount that a shopper is shown and pays is computed here, for carts, the checkout and orders alike.
--
--   subtotal   the items at their prices
--   discount   off the subtotal, divided among the items
--   delivery   the price of the delivery; 0 for collection
--   total      subtotal - discount + delivery: what is paid
--   tax        included in the total, per rate
--
-- Amounts are minor units. Prices include tax. Tax is rounded half up, once per line and once for each rate in the
-- price of the delivery (docs/decisions/0049).

create type private.order_total as (
  n integer, units integer, subtotal_minor bigint, discount_minor bigint, delivery_minor bigint, total_minor bigint,
  tax_minor bigint, delivery_tax_bp integer, estimate text, is_deliverable boolean
);
comment on type private.order_total is 'The total of the n-th draft with its parts.';

create function private.tax_parts(
  rates integer[], amounts bigint[], taxes bigint[], delivery_minor bigint, delivery_tax_bp integer
)
returns table (rate_bp integer, amount_minor bigint, tax_minor bigint)
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- The price of the delivery is divided by the value of the goods at each rate, the highest rate first; the running
  -- sum is rounded down, so that the shares add up.
  return query
  with goods as (
    select line.rate, sum(line.amount) as amount, sum(line.tax) as tax
    from unnest(rates, amounts, taxes) as line (rate, amount, tax)
    group by line.rate
  ),
  running as (
    select goods.*, sum(goods.amount) over (order by goods.rate desc) as so_far, sum(goods.amount) over () as whole,
      row_number() over (order by goods.rate desc) as place
    from goods
  ),
  parts as (
    select running.rate, running.amount, running.tax, case
        when delivery_tax_bp is not null then 0
        when running.whole > 0 then div(delivery_minor * running.so_far, running.whole)
          - div(delivery_minor * (running.so_far - running.amount), running.whole)
        when running.place = 1 then delivery_minor
        else 0
      end as share
    from running
    union all
    select delivery_tax_bp, 0, 0, delivery_minor where delivery_tax_bp is not null and delivery_minor > 0
  )
  select parts.rate, sum(parts.amount + parts.share)::bigint,
    sum(parts.tax + private.tax_included(parts.share::bigint, parts.rate))::bigint
  from parts
  group by parts.rate
  order by parts.rate desc;
end;
$$;
comment on function private.tax_parts(integer[], bigint[], bigint[], bigint, integer) is
  'The tax of an order per rate: of lines (rate, amount after discounts, tax) and of its delivery, at its rate or (NULL)
   as the goods. amount_minor includes tax_minor; the amounts add up to the total.';

create function private.taxes_as_json(lines private.draft_line[], total private.order_total)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(part) order by part.rate_bp desc), '[]')
    from private.tax_parts(
      array(select line.tax_rate_bp from unnest(lines) as line where line.n = total.n order by line.variant_id),
      array(
        select line.total_minor - line.discount_minor
        from unnest(lines) as line where line.n = total.n order by line.variant_id
      ),
      array(select line.tax_minor from unnest(lines) as line where line.n = total.n order by line.variant_id),
      total.delivery_minor, total.delivery_tax_bp
    ) as part
  );
end;
$$;
comment on function private.taxes_as_json(private.draft_line[], private.order_total) is
  'private.tax_parts of a draft as [{rate_bp, amount_minor, tax_minor}], the highest rate first.';

create function private.totals_of(drafts private.order_draft[], lines private.draft_line[])
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
comment on function private.totals_of(private.order_draft[], private.draft_line[]) is
  'The totals of drafts with lines. Carts, the checkout and orders all take theirs from here. A delivery that the shop
   does not make has no price and is_deliverable false.';

create function private.order_worth(order_id uuid, with_returns boolean default true)
returns bigint
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(sum(own.minor * own.kept / own.quantity), 0)
      + case when sum(own.kept) > 0 then max(own.delivery_minor) else 0 end
    from (
      select item.total_minor - item.discount_minor as minor, item.quantity, orders.delivery_minor,
        item.quantity - item.cancelled - case when with_returns then item.returned else 0 end as kept
      from public.order_items as item
      join public.orders on orders.id = item.order_id
      where item.order_id = order_worth.order_id
    ) as own
  );
end;
$$;
comment on function private.order_worth(uuid, boolean) is
  'The price of the units that an order still has, cancelled ones (and returned ones) taken out: minor units, a share of
   the discount taken off, rounded down. The delivery counts in full until no unit is left.';

create function private.add_refund_due(order_id uuid, worth_before bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.payments as payment
  set refund_due_minor = least(
      payment.captured_minor, payment.refund_due_minor + worth_before - private.order_worth(add_refund_due.order_id)
    )
  where payment.order_id = add_refund_due.order_id and payment.status = 'captured';
end;
$$;
comment on function private.add_refund_due(uuid, bigint) is
  'Makes captured money due for refund that an order is worth less than before (private.order_worth). The caller holds
   the order.';

-- Before an order ---------------------------------------------------------------------

create function private.quote_cart(delivery jsonb, cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
  v_draft private.order_draft;
  v_lines private.draft_line[];
  v_priced record;
  v_total private.order_total;
begin
  v_draft.n := 1;
  select carts.id, carts.discount_id into v_draft.cart_id, v_draft.discount_id
  from public.carts where carts.user_id = auth.uid() or carts.token_hash = v_hash;
  if delivery -> 'method' = '"delivery"' then
    v_draft.delivery := 'delivery';
    v_draft.address := private.address_in(delivery -> 'address');
  end if;
  v_lines := private.lines_of(array[v_draft]);
  v_priced := private.apply_discounts(array[v_draft], v_lines);
  v_draft := v_priced.drafts[1];
  v_lines := v_priced.lines;
  v_total := (private.totals_of(array[v_draft], v_lines))[1];
  return jsonb_build_object(
    'subtotal_minor', coalesce(v_total.subtotal_minor, 0), 'discount_minor', coalesce(v_total.discount_minor, 0),
    'delivery_minor', coalesce(v_total.delivery_minor, 0), 'total_minor', coalesce(v_total.total_minor, 0),
    'tax_minor', coalesce(v_total.tax_minor, 0), 'taxes', private.taxes_as_json(v_lines, v_total),
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
    'is_deliverable', coalesce(v_total.is_deliverable, true), 'estimate', v_total.estimate,
    'discount', private.discount_as_json(v_draft),
    'countries', (
      select jsonb_agg(distinct country order by country)
      from public.delivery_zones as zone cross join unnest(zone.countries) as country
    )
  );
end;
$$;
comment on function private.quote_cart(jsonb, text) is 'See public.quote_cart.';

create function public.quote_cart(delivery jsonb default '{}', cart_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.quote_cart(delivery, cart_token);
end;
$$;
comment on function public.quote_cart(jsonb, text) is
  'The total of an order of the caller''s cart as place_order would compute it now: {subtotal_minor, discount_minor,
   delivery_minor, total_minor, tax_minor, taxes: [{rate_bp, amount_minor, tax_minor}], currency, is_deliverable,
   estimate, discount, countries}. delivery is that of place_order; of an address, country and postcode are enough.
   countries: those that the shop delivers to, null for all. discount: {code, title, applies}, null without one.
   Minor units, tax included. Raises invalid_input (422) without a token.';

revoke execute on function public.quote_cart(jsonb, text) from public, anon;
grant execute on function public.quote_cart(jsonb, text), private.quote_cart(jsonb, text)
to authenticated, service_role;
