-- Walk-in sales: items that a customer brings to the counter, paid and handed over in one transaction. A sale is an
-- order as any other: the same prices, discounts, taxes and totals, claims, ledger and invoice. Its units come from the
-- location of the counter alone, and never from what another customer has reserved. Nobody is named: no account, no
-- address, no e-mail. Refusals: role_required, location_not_yours, not_found, invalid_input, not_for_sale,
-- price_changed, not_enough_left, idempotency_key_reused, busy.

create function private.counter_lines(lines jsonb)
returns private.draft_line[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_variants uuid[];
  v_units bigint[];
  v_has_rates boolean := private.has_tax_rates();
begin
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 100
    or pg_column_size(lines) > 65536 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 100 lines"}',
      'Send lines as [{"variant_id": "…", "quantity": 1}].');
  end if;
  select array_agg(asked.variant_id), array_agg(asked.units) into v_variants, v_units
  from (
    select private.uuid_in(line -> 'variant_id') as variant_id,
      sum(coalesce(private.whole_in(line -> 'quantity', 1, 99), 100)) as units
    from jsonb_array_elements(lines) as line
    group by 1
  ) as asked;
  if array_position(v_variants, null) is not null or 99 < any (v_units) then
    perform private.refuse(422, 'invalid_input',
      '{"field": "lines", "problem": "not {variant_id, quantity: 1 to 99}"}', 'Sell 1 to 99 units of an item.');
  end if;
  perform private.check_places(v_variants, '{}');
  return array(
    select row(1, null, variants.id, variants.sku, products.title, variants.option_values, variants.price_minor,
      tax.rate_bp, asked.units::integer, variants.price_minor * asked.units,
      private.tax_included(variants.price_minor * asked.units, tax.rate_bp), null,
      variants.active and products.status = 'active', 0)::private.draft_line
    from unnest(v_variants, v_units) as asked (variant_id, units)
    join public.variants on variants.id = asked.variant_id
    join public.products on products.id = variants.product_id
    cross join lateral (
      select case
        when v_has_rates then private.tax_rate_of(null, products.category, products.tax_rate_bp)
        else products.tax_rate_bp
      end as rate_bp
    ) as tax
    order by variants.id
  );
end;
$$;
comment on function private.counter_lines(jsonb) is
  'The lines of a walk-in sale at today''s prices, one per variant. Raises invalid_input (422), not_found (404).';

create function private.price_sale(
  lines jsonb, out drafts private.order_draft[], out priced private.draft_line[], out totals private.order_total[]
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_draft private.order_draft;
  v_discounted record;
begin
  v_draft.n := 1;
  v_draft.delivery := 'collection';
  drafts := array[v_draft];
  priced := private.counter_lines(lines);
  if private.has_automatic_discount() then
    v_discounted := private.apply_discounts(drafts, priced);
    drafts := v_discounted.drafts;
    priced := v_discounted.lines;
  end if;
  totals := private.totals_of(drafts, priced);
end;
$$;
comment on function private.price_sale(jsonb) is
  'A walk-in sale as a draft with lines and total: automatic discounts apply, codes do not.';

create function private.quote_sale(location_id uuid, lines jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_sale record;
  v_total private.order_total;
begin
  perform private.require_role_at('stock', location_id);
  v_sale := private.price_sale(lines);
  v_total := v_sale.totals[1];
  return jsonb_build_object(
    'lines', (
      select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'title', line.title, 'sku', line.sku,
        'option_values', line.option_values, 'quantity', line.quantity, 'price_minor', line.price_minor,
        'total_minor', line.total_minor, 'for_sale', line.for_sale, 'left', greatest(coalesce(level.available, 0), 0))
        order by line.title, line.variant_id)
      from unnest(v_sale.priced) as line
      left join public.stock_levels as level
        on level.variant_id = line.variant_id and level.location_id = quote_sale.location_id
    ),
    'subtotal_minor', v_total.subtotal_minor, 'discount_minor', v_total.discount_minor,
    'discount_title', (v_sale.drafts[1]).discount_title, 'total_minor', v_total.total_minor,
    'tax_minor', v_total.tax_minor,
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row)
  );
end;
$$;
comment on function private.quote_sale(uuid, jsonb) is 'See public.quote_sale.';

create function public.quote_sale(location_id uuid, lines jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.quote_sale(location_id, lines);
end;
$$;
comment on function public.quote_sale(uuid, jsonb) is
  'The total of a walk-in sale as sell_at_counter would compute it now: {lines: [{variant_id, title, sku, option_values,
   quantity, price_minor, total_minor, for_sale, left}], subtotal_minor, discount_minor, discount_title, total_minor,
   tax_minor, currency}. left: the units that are available at the location. Staff of role stock. Raises role_required
   (403), location_not_yours (403), not_found (404), invalid_input (422).';

create function private.take_from_counter(lines private.draft_line[], location_id uuid)
returns private.draft_share[]
language plpgsql
set search_path = ''
as $$
declare
  v_variants uuid[] := array(select line.variant_id from unnest(lines) as line);
  v_shares private.draft_share[];
  v_short jsonb;
begin
  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);
  select array_agg(row(1, line.variant_id, take_from_counter.location_id, line.quantity)::private.draft_share),
    jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'wanted', line.quantity,
      'left', greatest(coalesce(level.available, 0), 0)) order by line.variant_id)
      filter (where line.quantity > coalesce(level.available, 0))
  into v_shares, v_short
  from unnest(lines) as line
  left join public.stock_levels as level
    on level.variant_id = line.variant_id and level.location_id = take_from_counter.location_id;
  if v_short is not null then
    perform private.refuse(private.not_enough_left(v_short));
  end if;
  return v_shares;
end;
$$;
comment on function private.take_from_counter(private.draft_line[], uuid) is
  'Locks the variants of a sale and returns the units that their location gives: all lines or none. Raises
   not_enough_left (409).';

create function private.check_sale(lines private.draft_line[], total_minor bigint, expected_minor bigint)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_off_sale jsonb := (
    select jsonb_agg(jsonb_build_object('variant_id', line.variant_id)) from unnest(lines) as line
    where not line.for_sale
  );
begin
  if v_off_sale is not null then
    perform private.refuse(409, 'not_for_sale', jsonb_build_object('lines', v_off_sale), 'Take these lines out.');
  elsif expected_minor <> total_minor then
    perform private.refuse(409, 'price_changed',
      jsonb_build_object('expected_minor', expected_minor, 'total_minor', total_minor),
      'Show the new total and ask again.');
  end if;
end;
$$;
comment on function private.check_sale(private.draft_line[], bigint, bigint) is
  'Raises not_for_sale (409), and price_changed (409) when the total has changed since staff asked for it.';

create function private.sell_at_counter(
  location_id uuid, lines jsonb, taken_as text, expected_total_minor bigint, idempotency_key uuid
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_sale record;
  v_draft private.order_draft;
  v_shares private.draft_share[];
  v_order public.orders;
  v_items public.order_items[];
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'sell_at_counter',
    jsonb_build_array(location_id, lines, taken_as, expected_total_minor));
  if v_response is not null then
    return v_response;
  end if;
  if taken_as is null then
    perform private.refuse(422, 'invalid_input', '{"field": "taken_as", "problem": "missing"}',
      'Say how it was paid: cash or card.');
  end if;
  perform private.check_places('{}', array[location_id]);
  v_sale := private.price_sale(lines);
  perform private.check_sale(v_sale.priced, (v_sale.totals[1]).total_minor, expected_total_minor);
  v_shares := private.take_from_counter(v_sale.priced, location_id);

  v_draft := v_sale.drafts[1];
  v_draft.order_id := gen_random_uuid();
  v_draft.payment_id := gen_random_uuid();
  v_draft.email := 'walk-in@counter.invalid';
  v_draft.name := 'Walk-in customer';
  v_draft.collect_at := location_id;
  v_draft.provider := 'on_collection';
  v_draft.placed_at := private.clock();
  perform private.write_orders(array[v_draft], v_sale.priced, v_shares, v_sale.totals);

  select * into v_order from public.orders where orders.id = v_draft.order_id;
  perform private.take_money(v_order, taken_as);
  select array_agg(item order by item.variant_id) into v_items
  from public.order_items as item where item.order_id = v_order.id;
  perform private.hand_over_units(v_order, location_id, array(select item.id from unnest(v_items) as item),
    array(select item.quantity from unnest(v_items) as item), '{}');
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.sell_at_counter(uuid, jsonb, text, bigint, uuid) is 'See public.sell_at_counter.';

create function public.sell_at_counter(
  location_id uuid, lines jsonb, taken_as text, expected_total_minor bigint, idempotency_key uuid
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.sell_at_counter(location_id, lines, taken_as, expected_total_minor, idempotency_key);
end;
$$;
comment on function public.sell_at_counter(uuid, jsonb, text, bigint, uuid) is
  'Sells items at the counter of a location: lines [{"variant_id", "quantity"}], taken_as cash or card; staff of role
   stock. One transaction writes the order, takes its money, hands over its units and owes its invoice. Units that other
   customers have reserved are not sold. expected_total_minor is the total that quote_sale returned. Returns the order
   as read_order does. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   not_for_sale (409), price_changed (409), not_enough_left (409), idempotency_key_reused (409), busy (503).';

revoke execute on function
  public.quote_sale(uuid, jsonb), public.sell_at_counter(uuid, jsonb, text, bigint, uuid)
from public, anon;
grant execute on function
  public.quote_sale(uuid, jsonb), private.quote_sale(uuid, jsonb),
  public.sell_at_counter(uuid, jsonb, text, bigint, uuid), private.sell_at_counter(uuid, jsonb, text, bigint, uuid)
to authenticated, service_role;
