set check_function_bodies = off;

DROP FUNCTION "private"."found_products"(text);

create or replace function private.currency_unit()
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF',
      'XOF', 'XPF') then 1
    when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 1000
    else 100
  end
  from public.shop_settings
$$;

create or replace function private.find_products(query text, filters jsonb, sort text, first integer, size integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set jit = off
as $$
declare
  v_filter private.product_filter := private.read_filter(filters);
  v_found private.search_found := private.found_products(query, v_filter.category);
  v_answer jsonb;
begin
  with listed as materialized (
    select * from private.filtered_products(v_found, v_filter)
  ), wanted as materialized (
    select listed.* from listed
    where listed.in_category and listed.in_price and listed.in_stock and listed.failed = '{}'
  ), page as (
    select wanted.product_id, row_number() over (order by
        case when sort = 'price' then wanted.lowest_minor end,
        case when sort = 'price_down' then wanted.lowest_minor end desc nulls last,
        case when sort = 'newest' then products.number end desc,
        -- Sold-out products rank a tenth lower.
        wanted.score * case when wanted.is_there then 1 else 0.9 end desc, products.position, products.id) as place
    from wanted
    join public.products on products.id = wanted.product_id
  )
  select jsonb_build_object(
    'total', (select count(*) from wanted),
    'meant', v_found.meant,
    'is_nearest', coalesce(v_found.is_nearest, false),
    'currency', (select currency from public.shop_settings),
    'categories', (select coalesce(jsonb_object_agg(counted.category, counted.products), '{}') from (
        select listed.category, count(*) as products from listed
        where listed.in_price and listed.in_stock and listed.failed = '{}'
        group by listed.category) as counted),
    'choices', (select coalesce(jsonb_object_agg(counted.choice, counted.products), '{}') from (
        select choice, count(*) as products from listed
        cross join lateral unnest(listed.choices) as choice
        where listed.in_category and listed.in_price and listed.in_stock
          and listed.failed <@ array[split_part(choice, '=', 1)]
        group by choice order by 2 desc, 1 limit 200) as counted),
    'in_stock', (select count(*) from listed
      where listed.is_there and listed.in_category and listed.in_price and listed.failed = '{}'),
    'lowest_minor', (select min(listed.lowest_minor) from listed
      where listed.in_category and listed.in_stock and listed.failed = '{}'),
    'highest_minor', (select max(listed.lowest_minor) from listed
      where listed.in_category and listed.in_stock and listed.failed = '{}'),
    'products', private.product_cards(array(
      select page.product_id from page
      where page.place > greatest(first, 0) and page.place <= greatest(first, 0) + least(greatest(size, 0), 100)
      order by page.place))
  ) into v_answer;
  return v_answer;
end;
$$;

create or replace function private.found_products(query text, category text)
returns private.search_found
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan private.search_plan := private.plan_search(query);
  v_found private.search_found;
begin
  v_found.meant := v_plan.meant;
  v_found.is_nearest := false;
  if trim(query) = '' then
    select array_agg(products.id), array_agg(0) into v_found.ids, v_found.scores
    from public.products
    where products.status = 'active' and products.category = found_products.category;
    return v_found;
  end if;
  select array_agg(product_id), array_agg(score) into v_found.ids, v_found.scores
  from private.search_matches(v_plan, false);
  if v_found.ids is null then
    v_found.is_nearest := true;
    select array_agg(product_id), array_agg(score) into v_found.ids, v_found.scores
    from private.search_matches(v_plan, true);
  end if;
  if v_found.ids is null then
    v_found.meant := null;
    select array_agg(product_id), array_agg(score) into v_found.ids, v_found.scores
    from private.search_matches(private.likely_plan(query), true);
  end if;
  return v_found;
end;
$$;

create or replace function private.read_filter(filters jsonb)
returns private.product_filter
language sql
stable
set search_path = ''
as $$
  select jsonb_populate_record(null::private.product_filter, filters || jsonb_build_object(
    -- The least of nothing and a number is that number.
    'from_minor', case when filters ? 'from_price'
      then least((filters ->> 'from_price')::numeric * unit, 2147483647)::integer end,
    'to_minor', case when filters ? 'to_price'
      then least((filters ->> 'to_price')::numeric * unit, 2147483647)::integer end
  ))
  from private.currency_unit() as unit
$$;

create or replace function private.search_matches(plan private.search_plan, is_loose boolean)
returns table (product_id uuid, score real)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
set jit = off
as $$
declare
  v_wanted tsquery := case when is_loose then (plan).loose else (plan).every end;
  v_exact tsquery := (plan).exact;
  v_code tsquery := case when length((plan).code) > 2 and not is_loose then private.prefix_query((plan).code) end;
  v_bare tsquery := case when length((plan).code) > 2 and not is_loose
    then private.prefix_query(coalesce(nullif(ltrim((plan).code, '0'), ''), '0')) end;
begin
  return query
  with coded as (
    select document.product_id from private.search_documents as document
    where document.codes @@ (v_code || v_bare) limit 1000
  ), named as (
    select document.product_id from private.search_documents as document where document.names @@ v_wanted limit 1000
  ), worded as (
    select document.product_id from private.search_documents as document where document.words @@ v_wanted
    limit (select 1000 - count(*) from named)
  )
  -- By all its words and stems; by those as they were typed; and by the share of the title that was asked for.
  select document.product_id, (case when coded.product_id is not null then 8 else 0 end
      + 2 * ts_rank('{0.02, 0.1, 0.3, 1}', document.words, v_wanted)
      + 4 * coalesce(ts_rank('{0.02, 0.1, 0.3, 1}', document.words, v_exact), 0)
      + 2 * coalesce(ts_rank('{0.02, 0.1, 0.3, 1}', document.names, v_exact, 2 | 8), 0)
    )::real
  from (
    select coded.product_id from coded
    union
    select named.product_id from named
    union
    select worded.product_id from worded
  ) as found
  join private.search_documents as document using (product_id)
  left join coded using (product_id);
end;
$$;

COMMENT ON FUNCTION "private"."currency_unit"() IS 'How many minor units of the shop''s currency are one of it (ISO 4217).';

COMMENT ON FUNCTION "private"."found_products"(text, text) IS 'The products with all words of a search, else those with any of them, else those with words like them. Without words
   those of the category.';

COMMENT ON FUNCTION "private"."read_filter"(jsonb) IS 'The filters of public.find_products, with prices in minor units.';

COMMENT ON FUNCTION "private"."search_matches"(private.search_plan, boolean) IS 'Products that a search finds with their score, up to 1,000 by code and up to 1,000 by words, of which those with the
   words in title and options come first. is_loose: those with any of its terms.';

COMMENT ON FUNCTION "public"."find_products"(text, jsonb, text, integer, integer) IS 'Active products for a search, `size` (0 to 100) after the `first` ones: {total, currency, meant (the text as it was
   read, where words were mistyped), is_nearest (no product has all words, these have some), products as cards, and the
   numbers beside the filters, each without its own filter: categories {slug: products}, choices {"Colour=Blue":
   products}, in_stock, lowest_minor and highest_minor}. filters: {category, from_price, to_price, in_stock, choices:
   ["Colour=Blue"]}. sort: relevance, price, price_down or newest. Prices of filters are
   major units, the others minor. For the shop''s server.';

REVOKE ALL ON FUNCTION "private"."currency_unit"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."found_products"(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_filter"(jsonb) FROM PUBLIC;

reset check_function_bodies;
