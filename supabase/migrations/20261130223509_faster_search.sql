set check_function_bodies = off;

DROP FUNCTION "private"."filtered_products"(private.search_found, private.product_filter);

DROP FUNCTION "private"."near_words"(text);

DROP FUNCTION "private"."prefix_query"(text);

DROP FUNCTION "private"."product_cards"(uuid[]);

DROP FUNCTION "private"."search_fold"(text);

ALTER TABLE "private"."search_documents" ADD COLUMN "category" text;

ALTER TABLE "private"."search_documents" ADD COLUMN "lowest_minor" integer;

ALTER TABLE "private"."search_documents" ADD COLUMN "position" integer;

ALTER TABLE "private"."search_documents" ADD COLUMN "number" bigint;

create or replace function private.filtered_products(matches private.search_found, filter private.product_filter)
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

create or replace function private.index_products(product_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.search_documents as document
  using public.products
  where document.product_id = any (index_products.product_ids)
    and products.id = document.product_id
    and products.status <> 'active';

  with written as (
    insert into private.search_documents as known
    select * from private.search_projection(index_products.product_ids) order by 1
    on conflict (product_id) do update
    set names = excluded.names, words = excluded.words, codes = excluded.codes, vocabulary = excluded.vocabulary,
      choices = excluded.choices, category = excluded.category, lowest_minor = excluded.lowest_minor,
      position = excluded.position, number = excluded.number
    where known is distinct from excluded
    returning known.vocabulary
  )
  insert into private.search_words (word, deletions)
  select fresh.word, private.word_deletions(fresh.word)
  from (
    select distinct word
    from written
    cross join lateral unnest(written.vocabulary) as word
    where length(word) between 3 and 40 and word !~ '\d'
  ) as fresh
  where not exists (select from private.search_words as known where known.word = fresh.word)
  order by fresh.word
  on conflict do nothing;
end;
$$;

create or replace function private.near_words(word text)
returns setof text
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select near.word
  from (
    select known.word, least(
      extensions.levenshtein(known.word, near_words.word),
      (
        select min(1 + extensions.levenshtein(known.word, left(near_words.word, at - 1)
          || substr(near_words.word, at + 1, 1) || substr(near_words.word, at, 1) || substr(near_words.word, at + 2)))
        from generate_series(1, length(near_words.word) - 1) as at
      )
    ) as errors
    from private.search_words as known
    where known.deletions && private.word_deletions(near_words.word)
      and abs(length(known.word) - length(near_words.word)) <= 2
  ) as near
  where near.errors <= private.allowed_errors(near_words.word)
  order by near.errors, extensions.similarity(near.word, near_words.word) desc, near.word
  limit 4;
end;
$$;

create or replace function private.prefix_query(word text)
returns tsquery
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select ('''' || replace(replace(prefix_query.word, '\', '\\'), '''', '''''') || ''':*')::tsquery
  );
end;
$$;

create or replace function private.product_cards(product_ids uuid[])
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

create or replace function private.products_search()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.index_products(array(select id from changed where status = 'active'));
  else
    perform private.index_products(array(
      select changed.id
      from changed
      join before using (id)
      where (changed.title, changed.category, changed.vendor, changed.tags, changed.status, changed.description_html,
          changed.option_names, changed.position)
        is distinct from (before.title, before.category, before.vendor, before.tags, before.status,
          before.description_html, before.option_names, before.position)
    ));
  end if;
  return null;
end;
$$;

create or replace function private.read_term(typed text, is_phrase boolean)
returns private.search_term
language plpgsql
stable
set search_path = ''
-- A term that few products have is not looked for in every document.
set enable_seqscan = off
as $$
declare
  v_language regconfig := (select search_language::regconfig from public.shop_settings);
  v_words text[] := tsvector_to_array(to_tsvector('simple', typed));
  v_near text[];
  v_term private.search_term;
begin
  if is_phrase then
    v_term.exact := phraseto_tsquery(v_language, typed) || phraseto_tsquery('simple', typed);
    v_term.every := v_term.exact;
    return v_term;
  end if;
  v_term.exact := plainto_tsquery(v_language, typed) || plainto_tsquery('simple', typed);
  v_term.every := v_term.exact;
  if cardinality(v_words) <> 1 or length(v_words[1]) < 2 then
    return v_term;
  end if;
  v_term.every := v_term.every || private.prefix_query(v_words[1]);
  if not exists (select from private.search_documents where words @@ v_term.every) then
    v_near := array(select private.near_words(v_words[1]));
    v_term.meant := v_near[1];
    v_term.every := v_term.every || coalesce((
      select string_agg(private.search_alternative(v_language, near), ' | ')::tsquery
      from unnest(v_near) as near
    ), ''::tsquery);
  end if;
  return v_term;
end;
$$;

create or replace function private.search_fold(text text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select extensions.unaccent('extensions.unaccent'::regdictionary,
      lower(normalize(left(coalesce(search_fold.text, ''), 50000), nfkc)))
  );
end;
$$;

create or replace function private.search_matches(plan private.search_plan, is_loose boolean)
returns table (product_id uuid, score real)
language plpgsql
stable
set search_path = ''
-- A term that few products have is not looked for in every document.
set enable_seqscan = off
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
  ), ranked as (
    select document.product_id, (case when coded.product_id is not null then 8 else 0 end
        + 2 * coalesce(ts_rank('{0.02, 0.1, 0.3, 1}', document.names, v_exact, 2 | 8), 0)) as first_score,
      document.words, row_number() over (order by coded.product_id,
        ts_rank('{0.02, 0.1, 0.3, 1}', document.names, v_exact, 2 | 8) desc nulls last, document.position) as place
    from (
      select coded.product_id from coded
      union
      select named.product_id from named
      union
      select worded.product_id from worded
    ) as found
    join private.search_documents as document using (product_id)
    left join coded using (product_id)
  )
  -- By the share of the title that was asked for; the first of those also by all words and stems, and as typed.
  select ranked.product_id, (ranked.first_score + case when ranked.place <= 300 then
      2 * ts_rank('{0.02, 0.1, 0.3, 1}', ranked.words, v_wanted)
      + 4 * coalesce(ts_rank('{0.02, 0.1, 0.3, 1}', ranked.words, v_exact), 0)
    else 0 end)::real
  from ranked;
end;
$$;

create or replace function private.search_projection(product_ids uuid[])
returns setof private.search_documents
language sql
stable
set search_path = ''
as $$
  select products.id, parts.names,
    setweight(parts.names, 'A') || setweight(private.search_vector(language.name, parts.maker), 'B')
      || setweight(private.search_vector(language.name, parts.tags), 'C')
      || setweight(private.search_vector(language.name, private.html_words(products.description_html)), 'D'),
    parts.codes,
    tsvector_to_array(to_tsvector('simple',
      private.search_fold(concat_ws(' ', products.title, offer.options, parts.maker, parts.tags)))),
    offer.choices, products.category, offer.lowest_minor, products.position, products.number
  from public.products
  join public.categories on categories.slug = products.category
  cross join lateral (select search_language::regconfig as name from public.shop_settings) as language
  cross join lateral (
    select array_to_string(array(
        select distinct value
        from public.variants
        cross join lateral unnest(variants.option_values) as value
        where variants.product_id = products.id and variants.active
      ), ' ') as options,
      array(
        select distinct chosen.name || '=' || chosen.value
        from public.variants
        cross join lateral unnest(products.option_names, variants.option_values) as chosen (name, value)
        where variants.product_id = products.id and variants.active and chosen.name <> '' and chosen.value <> ''
        order by 1
      ) as choices,
      array(
        select distinct code
        from public.variants
        cross join lateral (values (private.code_key(variants.sku)), (private.code_key(variants.barcode)),
          (ltrim(private.code_key(variants.barcode), '0'))) as key (code)
        where variants.product_id = products.id and variants.active and code <> ''
      ) as codes,
      (
        select min(variants.price_minor) from public.variants
        where variants.product_id = products.id and variants.active
      ) as lowest_minor
  ) as offer
  cross join lateral (
    select private.search_vector(language.name, concat_ws(' ', products.title, offer.options)) as names,
      concat_ws(' ', products.vendor, categories.title) as maker,
      array_to_string(products.tags, ' ') as tags,
      array_to_tsvector(offer.codes) as codes
  ) as parts
  where products.id = any (search_projection.product_ids) and products.status = 'active'
$$;

create or replace function private.variants_search()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.index_products(array(select distinct product_id from changed));
  else
    perform private.index_products(array(
      select distinct changed.product_id
      from changed
      join before using (id)
      where (changed.sku, changed.barcode, changed.option_values, changed.active, changed.price_minor)
        is distinct from (before.sku, before.barcode, before.option_values, before.active, before.price_minor)
    ));
  end if;
  return null;
end;
$$;

CREATE INDEX shelf_buyable ON public.shelf USING btree (product_id) WHERE (band = ANY (ARRAY['in'::public.shelf_band, 'low'::public.shelf_band]));

COMMENT ON COLUMN "private"."search_documents"."lowest_minor" IS 'The lowest price of its variants. With category, position and number the rest of a page of results is found by.';

COMMENT ON FUNCTION "private"."filtered_products"(private.search_found, private.product_filter) IS 'Found products with the filters they pass. failed: the options whose wanted values a product does not offer.';

COMMENT ON FUNCTION "private"."near_words"(text) IS 'Words of the catalogue that a mistyped one may mean, the nearest first. Two letters in the wrong order: one error.';

COMMENT ON FUNCTION "private"."prefix_query"(text) IS 'The query for what begins with these letters, whatever signs are in it.';

COMMENT ON FUNCTION "private"."product_cards"(uuid[]) IS 'These products as a list shows them, in the given order.';

COMMENT ON FUNCTION "private"."search_fold"(text) IS 'A text as searches compare it: in lower case, without accents.';

COMMENT ON FUNCTION "private"."variants_search"() IS 'A product is found by the options, codes and prices of its variants at once.';

REVOKE ALL ON FUNCTION "private"."filtered_products"(private.search_found, private.product_filter) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."near_words"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."prefix_query"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."product_cards"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."search_fold"(text) FROM PUBLIC;

reset check_function_bodies;

-- The documents that are there get the new columns.
select private.index_products(array(select products.id from public.products));
