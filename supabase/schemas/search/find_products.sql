-- find_products: a page of what shoppers search for, with the numbers beside its filters.

create function private.likely_plan(query text)
returns private.search_plan
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan private.search_plan;
  v_words text[] := array(
    select likely.word
    from unnest(tsvector_to_array(to_tsvector('simple', private.search_fold(left(query, 120))))) as typed (word)
    cross join lateral (
      select known.word
      from private.search_words as known
      where known.word operator(extensions.%) typed.word
      order by extensions.similarity(known.word, typed.word) desc, known.word
      limit 3
    ) as likely
    where length(typed.word) >= 4
    limit 12
  );
begin
  select string_agg(private.search_alternative('simple', word), ' | ')::tsquery
  into v_plan.loose
  from unnest(v_words) as word;
  v_plan.exact := v_plan.loose;
  return v_plan;
end;
$$;
comment on function private.likely_plan(text) is
  'The last resort of a search that finds nothing: words of the catalogue that share letters with the typed ones.';

create type private.search_found as (ids uuid[], scores real[], meant text, is_nearest boolean);
comment on type private.search_found is
  'The products of a search. meant: how it was read, if not as typed. is_nearest: no product has all of its words.';

create function private.found_products(query text, category text)
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
comment on function private.found_products(text, text) is
  'The products with all words of a search, else those with any of them, else those with words like them. Without words
   those of the category, or all.';

create type private.product_filter as (
  category text, from_minor integer, to_minor integer, in_stock boolean, choices text[]
);
comment on type private.product_filter is
  'Limits of a list; NULL for none. choices as "Colour=Blue": one of those of each name.';

create function private.failed_choices(wanted text[], offered text[])
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array(
    select split_part(choice, '=', 1)
    from unnest(failed_choices.wanted) as choice
    group by 1
    having not array_agg(choice) && failed_choices.offered
  )
$$;
comment on function private.failed_choices(text[], text[]) is
  'The options of which a product offers none of the wanted values.';

create function private.currency_unit()
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
comment on function private.currency_unit() is 'How many minor units of the shop''s currency are one of it (ISO 4217).';

create function private.read_filter(filters jsonb)
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
comment on function private.read_filter(jsonb) is 'The filters of public.find_products, with prices in minor units.';

create function private.filtered_products(matches private.search_found, filter private.product_filter)
returns table (
  product_id uuid, score real, category text, lowest_minor integer, is_there boolean, choices text[],
  "position" integer, number bigint, in_category boolean, in_price boolean, in_stock boolean, failed text[]
)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select document.product_id, matched.score, document.category, document.lowest_minor, offer.is_there, document.choices,
    document.position, document.number,
    coalesce(document.category = (filter).category, true),
    coalesce(document.lowest_minor >= (filter).from_minor, true)
      and coalesce(document.lowest_minor <= (filter).to_minor, true),
    offer.is_there or not coalesce((filter).in_stock, false),
    case when (filter).choices is null then '{}' else private.failed_choices((filter).choices, document.choices) end
  from unnest((matches).ids, (matches).scores) as matched (product_id, score)
  join private.search_documents as document on document.product_id = matched.product_id
  cross join lateral (
    select exists (
      select from public.shelf where shelf.product_id = document.product_id and shelf.band in ('in', 'low')
    ) as is_there
  ) as offer;
end;
$$;
comment on function private.filtered_products(private.search_found, private.product_filter) is
  'Found products with the filters they pass. failed: the options whose wanted values a product does not offer.';

create function private.product_cards(product_ids uuid[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', card.id, 'handle', card.handle, 'title', card.title,
      'category', card.category, 'limited', card.limited, 'lowest_price', card.lowest_price,
      'highest_price_minor', card.highest_price_minor, 'first_picture', card.first_picture) order by page.place), '[]')
    from unnest(product_cards.product_ids) with ordinality as page (product_id, place)
    join public.shop_products as card on card.id = page.product_id
  );
end;
$$;
comment on function private.product_cards(uuid[]) is 'These products as a list shows them, in the given order.';

create function private.units_sold(product_id uuid)
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
comment on function private.units_sold(uuid) is 'Units of a product that stayed sold, from the kept sums of sales.';

create function private.units_told(product_id uuid)
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
comment on function private.units_told(uuid) is
  'How many units of a product are left, where shoppers are told; else NULL.';

create function private.find_products(query text, filters jsonb, sort text, first integer, size integer)
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
comment on function private.find_products(text, jsonb, text, integer, integer) is 'See public.find_products.';

create function public.find_products(
  query text, filters jsonb default '{}', sort text default 'relevance', first integer default 0,
  size integer default 24
)
returns jsonb
language sql
stable
set search_path = ''
set statement_timeout = '3s'
as $$
  select private.find_products(query, filters, sort, first, size)
$$;
comment on function public.find_products(text, jsonb, text, integer, integer) is
  'Active products for a search, of a category or all, `size` (0 to 100) after the `first` ones: {total, currency,
   meant (the text as it was read, where words were mistyped), is_nearest (no product has all words, these have some),
   products as cards, and the numbers beside the filters, each without its own filter: categories {slug: products},
   choices {"Colour=Blue": products}, in_stock, lowest_minor and highest_minor}. filters: {category, from_price,
   to_price, in_stock, choices: ["Colour=Blue"]}. sort: relevance, price, price_down, newest, best_selling or few_left.
   Prices of filters are major units, the others minor. For the shop''s server.';

revoke execute on function public.find_products(text, jsonb, text, integer, integer) from public, anon, authenticated;
grant execute on function public.find_products(text, jsonb, text, integer, integer),
  private.find_products(text, jsonb, text, integer, integer) to service_role;
