set check_function_bodies = off;

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
        case when sort = 'newest' then wanted.number end desc,
        case when sort = 'best_selling' then private.units_sold(wanted.product_id) end desc,
        case when sort = 'few_left' then private.units_told(wanted.product_id) end,
        -- Sold-out products rank a tenth lower.
        wanted.score * case when wanted.is_there then 1 else 0.9 end desc, wanted.position, wanted.product_id) as place
    from wanted
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
          and (listed.failed = '{}' or listed.failed <@ array[split_part(choice, '=', 1)])
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
    where products.status = 'active'
      and (found_products.category is null or products.category = found_products.category);
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

create or replace function private.units_sold(product_id uuid)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(sales.sold - sales.cancelled - sales.returned), 0)
  from public.variants
  join public.sales_by_variant as sales on sales.variant_id = variants.id
  where variants.product_id = units_sold.product_id
$$;

create or replace function private.units_told(product_id uuid)
returns bigint
language sql
stable
set search_path = ''
as $$
  select sum(shelf."left")
  from public.shelf
  where shelf.product_id = units_told.product_id and shelf.band in ('in', 'low')
  having bool_and(shelf."left" is not null)
$$;

COMMENT ON FUNCTION "private"."found_products"(text, text) IS 'The products with all words of a search, else those with any of them, else those with words like them. Without words
   those of the category, or all.';

COMMENT ON FUNCTION "private"."units_sold"(uuid) IS 'Units of a product that stayed sold, from the kept sums of sales.';

COMMENT ON FUNCTION "private"."units_told"(uuid) IS 'How many units of a product are left, where shoppers are told; else NULL.';

COMMENT ON FUNCTION "public"."find_products"(text, jsonb, text, integer, integer) IS 'Active products for a search, of a category or all, `size` (0 to 100) after the `first` ones: {total, currency,
   meant (the text as it was read, where words were mistyped), is_nearest (no product has all words, these have some),
   products as cards, and the numbers beside the filters, each without its own filter: categories {slug: products},
   choices {"Colour=Blue": products}, in_stock, lowest_minor and highest_minor}. filters: {category, from_price,
   to_price, in_stock, choices: ["Colour=Blue"]}. sort: relevance, price, price_down, newest, best_selling or few_left.
   Prices of filters are major units, the others minor. For the shop''s server.';

REVOKE ALL ON FUNCTION "private"."units_sold"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."units_told"(uuid) FROM PUBLIC;

reset check_function_bodies;
