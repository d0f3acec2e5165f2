-- find_for_staff: one search over what staff open: orders, variants, products, customers, counts and deliveries.

create type private.finding as (kind text, id text, title text, detail text, place integer);
comment on type private.finding is
  'A row that a staff member looked for. id: the key of its page.
   Of a customer, id is the e-mail. place: the rank among its kind.';

create function private.found_orders(words text, number bigint)
returns setof private.finding
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
begin
  return query
  with found as materialized (
    (select orders.id, orders.number, orders.name, orders.email, orders.status, true as exact
    from public.orders
    where orders.number = found_orders.number)
    union all
    (select orders.id, orders.number, orders.name, orders.email, orders.status, false
    from public.orders
    where lower(orders.name || ' ' || orders.email) like (private.search_patterns(words))[1]
      and lower(orders.name || ' ' || orders.email) like all (private.search_patterns(words))
      and length(words) >= 3
    limit 200)
  )
  select * from (
    select 'order', found.id::text, found.number::text, found.name || ' · ' || found.status,
      (row_number() over (order by found.exact desc, found.number desc))::integer
    from found
    order by 5
    limit 5
  ) as orders
  union all
  select * from (
    select 'customer', found.email, max(found.name), found.email,
      (row_number() over (order by max(found.number) desc))::integer
    from found
    where not found.exact
    group by found.email
    order by 5
    limit 3
  ) as customers;
end;
$$;
comment on function private.found_orders(text, bigint) is
  'Orders by number, and by words of name and e-mail from three letters on, with their customers.';

create function private.found_variants(words text)
returns setof private.finding
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
begin
  return query
  with found as materialized (
    select variants.id, variants.product_id, variants.sku, variants.option_values, products.title,
      private.code_key(variants.sku) = private.code_key(found_variants.words) as exact, entry.position
    from public.inventory_index as entry
    join public.variants on variants.id = entry.variant_id
    join public.products on products.id = variants.product_id
    where entry.words like (private.search_patterns(found_variants.words))[1]
      and entry.words like all (private.search_patterns(found_variants.words))
    limit 200
  )
  select * from (
    select 'variant', found.id::text, array_to_string(array_prepend(found.title, found.option_values), ', '), found.sku,
      (row_number() over (order by found.exact desc, lower(found.title), found.position, found.id))::integer
    from found
    order by 5
    limit 6
  ) as variants
  union all
  select * from (
    select 'product', found.product_id::text, found.title, '',
      (row_number() over (order by lower(found.title), found.product_id))::integer
    from found
    group by found.product_id, found.title
    order by 5
    limit 4
  ) as products;
end;
$$;
comment on function private.found_variants(text) is
  'Variants that have all words in title, options, codes or maker, the one with this code first, and their products.';

create function private.found_work(words text, number bigint)
returns setof private.finding
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  (select 'count', counts.id::text, counts.number::text, concat_ws(' · ', locations.name, counts.shelf, counts.status),
    (row_number() over (order by counts.number desc))::integer
  from (select * from public.counts order by counts.number desc limit 500) as counts
  join public.locations on locations.id = counts.location_id
  where counts.number = found_work.number
    or lower(concat_ws(' ', 'count', locations.name, counts.shelf)) like all (private.search_patterns(words))
  order by 5
  limit 3)
  union all
  (select 'delivery', deliveries.id::text, deliveries.number::text,
    concat_ws(' · ', deliveries.supplier, sources.name, deliveries.document, deliveries.status),
    (row_number() over (order by deliveries.number desc))::integer
  from (select * from public.deliveries order by deliveries.number desc limit 500) as deliveries
  left join public.locations as sources on sources.id = deliveries.from_location_id
  where deliveries.number = found_work.number
    or lower(concat_ws(' ', 'delivery', deliveries.supplier, sources.name, deliveries.document))
      like all (private.search_patterns(words))
  order by 5
  limit 3);
end;
$$;
comment on function private.found_work(text, bigint) is
  'The last 500 counts and deliveries by number, and by words of location, shelf, supplier and reference.';

create function private.find_for_staff(query text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set jit = off
as $$
declare
  v_words text := lower(btrim(left(coalesce(query, ''), 120)));
  v_number bigint := substring(v_words from '^#?(\d{1,15})$')::bigint;
begin
  perform private.require_role('viewer');
  if length(v_words) < 2 and v_number is null then
    return '[]';
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('kind', found.kind, 'id', found.id, 'title', found.title,
      'detail', found.detail) order by
        array_position(array['order', 'variant', 'product', 'customer', 'count', 'delivery'], found.kind),
        found.place), '[]')
    from (
      select * from private.found_orders(v_words, v_number)
      union all
      select * from private.found_variants(v_words)
      union all
      select * from private.found_work(v_words, v_number)
    ) as found
  );
end;
$$;
comment on function private.find_for_staff(text) is 'See public.find_for_staff.';

create function public.find_for_staff(query text)
returns jsonb
language sql
stable
set search_path = ''
set statement_timeout = '3s'
as $$
  select private.find_for_staff(query)
$$;
comment on function public.find_for_staff(text) is
  'Rows that staff may open, by number, code or words, at most 24: [{kind: order, variant, product, customer, count or
   delivery; id, of a customer the e-mail; title; detail}]. 120 characters are read. Raises role_required (403).';

revoke execute on function public.find_for_staff(text) from public, anon;
grant execute on function public.find_for_staff(text), private.find_for_staff(text) to authenticated, service_role;
