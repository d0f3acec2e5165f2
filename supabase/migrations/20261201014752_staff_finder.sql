set check_function_bodies = off;

CREATE TYPE "private"."finding" AS ("kind" text, "id" text, "title" text, "detail" text, "place" integer);

create or replace function private.find_for_staff(query text)
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

create or replace function private.found_orders(words text, number bigint)
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

create or replace function private.found_variants(words text)
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

create or replace function private.found_work(words text, number bigint)
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

create or replace function public.find_for_staff(query text)
returns jsonb
language sql
stable
set search_path = ''
set statement_timeout = '3s'
as $$
  select private.find_for_staff(query)
$$;

REVOKE ALL ON FUNCTION "public"."find_for_staff"(text) FROM "anon";

COMMENT ON FUNCTION "private"."find_for_staff"(text) IS 'See public.find_for_staff.';

COMMENT ON FUNCTION "private"."found_orders"(text, bigint) IS 'Orders by number, and by words of name and e-mail from three letters on, with their customers.';

COMMENT ON FUNCTION "private"."found_variants"(text) IS 'Variants that have all words in title, options, codes or maker, the one with this code first, and their products.';

COMMENT ON FUNCTION "private"."found_work"(text, bigint) IS 'The last 500 counts and deliveries by number, and by words of location, shelf, supplier and reference.';

COMMENT ON FUNCTION "public"."find_for_staff"(text) IS 'Rows that staff may open, by number, code or words, at most 24: [{kind: order, variant, product, customer, count or
   delivery; id, of a customer the e-mail; title; detail}]. 120 characters are read. Raises role_required (403).';

COMMENT ON TYPE "private"."finding" IS 'A row that a staff member looked for. id: the key of its page.
   Of a customer, id is the e-mail. place: the rank among its kind.';

REVOKE ALL ON FUNCTION "private"."find_for_staff"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."find_for_staff"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."find_for_staff"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."found_orders"(text, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."found_variants"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."found_work"(text, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."find_for_staff"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."find_for_staff"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."find_for_staff"(text) TO "service_role";

reset check_function_bodies;
