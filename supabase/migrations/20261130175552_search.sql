set check_function_bodies = off;

CREATE EXTENSION "fuzzystrmatch" SCHEMA "extensions";

CREATE EXTENSION "unaccent" SCHEMA "extensions";

CREATE TABLE "private"."search_documents" ("product_id" uuid NOT NULL, "names" tsvector NOT NULL, "words" tsvector NOT NULL, "codes" tsvector NOT NULL, "vocabulary" text[] NOT NULL, "choices" text[] NOT NULL, CONSTRAINT "search_documents_pkey" PRIMARY KEY (product_id));

ALTER TABLE "private"."search_documents" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."search_words" ("word" text NOT NULL, "deletions" text[] NOT NULL, CONSTRAINT "search_words_pkey" PRIMARY KEY (word), CONSTRAINT "search_words_word_check" CHECK (((length(word) >= 3) AND (length(word) <= 40))));

ALTER TABLE "private"."search_words" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."shop_settings" ADD COLUMN "search_language" text NOT NULL DEFAULT 'english'::text;

CREATE TYPE "private"."product_filter" AS ("category" text, "from_minor" integer, "to_minor" integer, "in_stock" boolean, "choices" text[]);

CREATE TYPE "private"."search_found" AS ("ids" uuid[], "scores" real[], "meant" text, "is_nearest" boolean);

CREATE TYPE "private"."search_plan" AS ("exact" tsquery, "every" tsquery, "loose" tsquery, "code" text, "meant" text);

CREATE TYPE "private"."search_term" AS ("exact" tsquery, "every" tsquery, "meant" text);

create or replace function private.allowed_errors(word text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case
    when length(allowed_errors.word) between 8 and 16 then 2
    when length(allowed_errors.word) between 4 and 40 then 1
    else 0
  end
$$;

create or replace function private.failed_choices(wanted text[], offered text[])
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

create or replace function private.filtered_products(found private.search_found, filter private.product_filter)
returns table (
  product_id uuid, score real, category text, lowest_minor integer, is_there boolean, choices text[],
  in_category boolean, in_price boolean, in_stock boolean, failed text[]
)
language sql
stable
set search_path = ''
as $$
  select products.id, matched.score, products.category, offer.lowest_minor, offer.is_there, document.choices,
    coalesce(products.category = (filter).category, true),
    coalesce(offer.lowest_minor >= (filter).from_minor, true)
      and coalesce(offer.lowest_minor <= (filter).to_minor, true),
    offer.is_there or not coalesce((filter).in_stock, false),
    private.failed_choices(coalesce((filter).choices, '{}'), document.choices)
  from unnest((found).ids, (found).scores) as matched (product_id, score)
  join public.products on products.id = matched.product_id
  join private.search_documents as document on document.product_id = matched.product_id
  cross join lateral (
    select min(variants.price_minor) as lowest_minor,
      coalesce(bool_or(shelf.band in ('in', 'low')), false) as is_there
    from public.variants
    left join public.shelf on shelf.variant_id = variants.id
    where variants.product_id = products.id and variants.active
  ) as offer
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
  v_found private.search_found := private.found_products(query);
  v_filter private.product_filter := jsonb_populate_record(null::private.product_filter, filters);
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
        wanted.score desc, products.position, products.id) as place
    from wanted
    join public.products on products.id = wanted.product_id
  )
  select jsonb_build_object(
    'total', (select count(*) from wanted),
    'meant', v_found.meant,
    'is_nearest', coalesce(v_found.is_nearest, false),
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

create or replace function private.found_products(query text)
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

create or replace function private.html_words(html text)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(regexp_replace(left(html_words.html, 50000), '<[^>]*>', ' ', 'g'), '&[a-zA-Z0-9#]+;', ' ', 'g')
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
      choices = excluded.choices
    where (known.names, known.words, known.codes, known.vocabulary, known.choices)
      is distinct from (excluded.names, excluded.words, excluded.codes, excluded.vocabulary, excluded.choices)
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

create or replace function private.likely_plan(query text)
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

create or replace function private.near_words(word text)
returns setof text
language sql
stable
set search_path = ''
as $$
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
  limit 4
$$;

create or replace function private.plan_search(query text)
returns private.search_plan
language plpgsql
stable
set search_path = ''
as $$
declare
  v_folded text := private.search_fold(left(query, 120));
  v_language regconfig := (select search_language::regconfig from public.shop_settings);
  v_plan private.search_plan;
  v_term private.search_term;
  v_meant text[] := '{}';
  v_typed record;
begin
  v_plan.code := private.code_key(left(query, 120));
  for v_typed in
    select coalesce(match.part[1], match.part[2]) as text, match.part[1] is not null as is_phrase
    from regexp_matches(v_folded, '"([^"]+)"|([^"\s]+)', 'g') as match (part)
    limit 8
  loop
    -- Words such as "the" narrow nothing down, unless they are all there is.
    continue when numnode(plainto_tsquery(v_language, v_typed.text)) = 0
      and exists (select from regexp_split_to_table(v_folded, '\s+') as other
        where numnode(plainto_tsquery(v_language, other)) > 0);
    v_term := private.read_term(v_typed.text, v_typed.is_phrase);
    v_meant := v_meant || coalesce(v_term.meant, v_typed.text);
    continue when numnode(v_term.every) = 0;
    v_plan.exact := coalesce(v_plan.exact || v_term.exact, v_term.exact);
    v_plan.every := coalesce(v_plan.every && v_term.every, v_term.every);
    v_plan.loose := coalesce(v_plan.loose || v_term.every, v_term.every);
    v_plan.meant := coalesce(v_plan.meant, v_term.meant);
  end loop;
  -- "tea pot" is also "teapot", where the catalogue has that word.
  if exists (select from private.search_words as known where known.word = replace(v_folded, ' ', '')) then
    v_term.exact := plainto_tsquery(v_language, replace(v_folded, ' ', ''));
    v_plan.exact := coalesce(v_plan.exact || v_term.exact, v_term.exact);
    v_plan.every := coalesce(v_plan.every || v_term.exact, v_term.exact);
    v_plan.loose := coalesce(v_plan.loose || v_term.exact, v_term.exact);
  end if;
  v_plan.meant := case when v_plan.meant is not null then array_to_string(v_meant, ' ') end;
  return v_plan;
end;
$$;

create or replace function private.prefix_query(word text)
returns tsquery
language sql
immutable
set search_path = ''
as $$
  select ('''' || replace(replace(prefix_query.word, '\', '\\'), '''', '''''') || ''':*')::tsquery
$$;

create or replace function private.product_cards(product_ids uuid[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', card.id, 'handle', card.handle, 'title', card.title,
    'category', card.category, 'limited', card.limited, 'lowest_price', card.lowest_price,
    'highest_price_minor', card.highest_price_minor, 'first_picture', card.first_picture) order by page.place), '[]')
  from unnest(product_cards.product_ids) with ordinality as page (product_id, place)
  join public.shop_products as card on card.id = page.product_id
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
          changed.option_names)
        is distinct from (before.title, before.category, before.vendor, before.tags, before.status,
          before.description_html, before.option_names)
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
set plan_cache_mode = 'force_custom_plan'
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

create or replace function private.reindex_search()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'categories' then
    perform private.index_products(array(select id from public.products where category = new.slug));
  else
    perform private.index_products(array(select id from public.products));
  end if;
  return null;
end;
$$;

create or replace function private.search_alternative(language regconfig, word text)
returns text
language sql
stable
set search_path = ''
as $$
  select '(' || (plainto_tsquery('simple', word) || plainto_tsquery(language, word))::text || ')'
$$;

create or replace function private.search_fold(text text)
returns text
language sql
stable
set search_path = ''
as $$
  select extensions.unaccent('extensions.unaccent'::regdictionary,
    lower(normalize(left(coalesce(search_fold.text, ''), 50000), nfkc)))
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
    select document.product_id from private.search_documents as document where document.words @@ v_wanted limit 1000
  )
  select document.product_id, (
      (case when coded.product_id is not null then 8 else 0 end
        -- By all its words and stems; by those as they were typed; and by the share of the title that was asked for.
        + 2 * ts_rank('{0.02, 0.1, 0.3, 1}', document.words, v_wanted)
        + 4 * coalesce(ts_rank('{0.02, 0.1, 0.3, 1}', document.words, v_exact), 0)
        + 2 * coalesce(ts_rank('{0.02, 0.1, 0.3, 1}', document.names, v_exact, 2 | 8), 0))
      * case when exists (
          select from public.shelf where shelf.product_id = document.product_id and shelf.band in ('in', 'low')
        ) then 1 else 0.9 end
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
    offer.choices
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
      ) as codes
  ) as offer
  cross join lateral (
    select private.search_vector(language.name, concat_ws(' ', products.title, offer.options)) as names,
      concat_ws(' ', products.vendor, categories.title) as maker,
      array_to_string(products.tags, ' ') as tags,
      array_to_tsvector(offer.codes) as codes
  ) as parts
  where products.id = any (search_projection.product_ids) and products.status = 'active'
$$;

create or replace function private.search_vector(language regconfig, text text)
returns tsvector
language sql
stable
set search_path = ''
as $$
  select to_tsvector(search_vector.language, folded.text) || to_tsvector('simple', folded.text)
  from (select private.search_fold(search_vector.text) as text) as folded
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
      where (changed.sku, changed.barcode, changed.option_values, changed.active)
        is distinct from (before.sku, before.barcode, before.option_values, before.active)
    ));
  end if;
  return null;
end;
$$;

create or replace function private.word_deletions(word text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  with one as (
    select left(word_deletions.word, at - 1) || substr(word_deletions.word, at + 1) as rest
    from generate_series(1, length(word_deletions.word)) as at
  )
  select array_agg(distinct near.rest)
  from (
    select word_deletions.word as rest
    union all
    select one.rest from one
    union all
    select left(one.rest, at - 1) || substr(one.rest, at + 1)
    from one
    cross join lateral generate_series(1, length(one.rest)) as at
    where private.allowed_errors(word_deletions.word) = 2
  ) as near
$$;

create or replace function public.find_products(
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

REVOKE ALL ON FUNCTION "public"."find_products"(text, jsonb, text, integer, integer) FROM "anon";

REVOKE ALL ON FUNCTION "public"."find_products"(text, jsonb, text, integer, integer) FROM "authenticated";

ALTER TABLE "private"."search_documents" ADD CONSTRAINT "search_documents_product_id_fkey" FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_search_language_check" CHECK ((search_language = ANY (ARRAY['simple'::text, 'danish'::text, 'dutch'::text, 'english'::text, 'finnish'::text, 'french'::text, 'german'::text, 'hungarian'::text, 'italian'::text, 'norwegian'::text, 'portuguese'::text, 'romanian'::text, 'russian'::text, 'spanish'::text, 'swedish'::text, 'turkish'::text])));

CREATE INDEX search_documents_by_codes ON private.search_documents USING gin (codes) WITH (fastupdate=off);

CREATE INDEX search_documents_by_names ON private.search_documents USING gin (names) WITH (fastupdate=off);

CREATE INDEX search_documents_by_words ON private.search_documents USING gin (words) WITH (fastupdate=off);

CREATE INDEX search_words_by_deletions ON private.search_words USING gin (deletions) WITH (fastupdate=off);

CREATE INDEX search_words_by_likeness ON private.search_words USING gin (word extensions.gin_trgm_ops);

CREATE TRIGGER categories_search AFTER UPDATE OF title ON public.categories FOR EACH ROW WHEN ((old.title IS DISTINCT FROM new.title)) EXECUTE FUNCTION private.reindex_search();

CREATE TRIGGER products_search_changed AFTER UPDATE ON public.products REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.products_search();

CREATE TRIGGER products_search_new AFTER INSERT ON public.products REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.products_search();

CREATE TRIGGER shop_settings_search AFTER UPDATE OF search_language ON public.shop_settings FOR EACH ROW WHEN ((old.search_language IS DISTINCT FROM new.search_language)) EXECUTE FUNCTION private.reindex_search();

CREATE TRIGGER variants_search_changed AFTER UPDATE ON public.variants REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.variants_search();

CREATE TRIGGER variants_search_new AFTER INSERT ON public.variants REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.variants_search();

COMMENT ON COLUMN "private"."search_documents"."choices" IS 'Its options, as "Colour=Blue": the filters.';

COMMENT ON COLUMN "private"."search_documents"."codes" IS 'Keys of SKUs and barcodes (private.code_key), GTINs also without their leading zeros.';

COMMENT ON COLUMN "private"."search_documents"."names" IS 'Title and options: what most searches name. Searched first.';

COMMENT ON COLUMN "private"."search_documents"."vocabulary" IS 'Its words without those of the description, as written: what a mistyped word may have meant.';

COMMENT ON COLUMN "private"."search_documents"."words" IS 'All words with their weights A to D.';

COMMENT ON COLUMN "private"."search_words"."deletions" IS 'The word without one letter, and without two where two errors are allowed: two words are near when they share one.';

COMMENT ON COLUMN "public"."shop_settings"."search_language" IS 'The language of the shop''s texts, for word stems in searches. A change writes every search document again.';

COMMENT ON EXTENSION "fuzzystrmatch" IS 'determine similarities and distance between strings';

COMMENT ON EXTENSION "unaccent" IS 'text search dictionary that removes accents';

COMMENT ON FUNCTION "private"."allowed_errors"(text) IS 'How many letters of a typed word may be wrong: none below 4 letters, one from 4, two from 8 to 16.';

COMMENT ON FUNCTION "private"."failed_choices"(text[], text[]) IS 'The options of which a product offers none of the wanted values.';

COMMENT ON FUNCTION "private"."filtered_products"(private.search_found, private.product_filter) IS 'Found products with the filters they pass. failed: the options whose wanted values a product does not offer.';

COMMENT ON FUNCTION "private"."find_products"(text, jsonb, text, integer, integer) IS 'See public.find_products.';

COMMENT ON FUNCTION "private"."found_products"(text) IS 'The products with all words of a search, else those with any of them, else those with words like them.';

COMMENT ON FUNCTION "private"."html_words"(text) IS 'The text of an HTML description, without tags and entities.';

COMMENT ON FUNCTION "private"."index_products"(uuid[]) IS 'Brings search documents up to date; writes only those that change.';

COMMENT ON FUNCTION "private"."likely_plan"(text) IS 'The last resort of a search that finds nothing: words of the catalogue that share letters with the typed ones.';

COMMENT ON FUNCTION "private"."near_words"(text) IS 'Words of the catalogue that a mistyped one may mean, the nearest first. Two letters in the wrong order: one error.';

COMMENT ON FUNCTION "private"."plan_search"(text) IS 'Reads a search: the first 120 characters and the first 8 words, or phrases in quotation marks.';

COMMENT ON FUNCTION "private"."prefix_query"(text) IS 'The query for what begins with these letters, whatever signs are in it.';

COMMENT ON FUNCTION "private"."product_cards"(uuid[]) IS 'These products as a list shows them, in the given order.';

COMMENT ON FUNCTION "private"."products_search"() IS 'A product is found by its new texts at once.';

COMMENT ON FUNCTION "private"."read_term"(text, boolean) IS 'The query of a folded word, or of a phrase in quotes. Only words that nothing has are read as others.';

COMMENT ON FUNCTION "private"."reindex_search"() IS 'A renamed category, or another language of the shop: the documents that it is in are written again.';

COMMENT ON FUNCTION "private"."search_alternative"(regconfig, text) IS 'One word in place of another, as text of a query.';

COMMENT ON FUNCTION "private"."search_fold"(text) IS 'A text as searches compare it: in lower case, without accents.';

COMMENT ON FUNCTION "private"."search_matches"(private.search_plan, boolean) IS 'Products that a search finds with their score, up to 1,000 of each kind of match: by code, by title and options, by
   any text. is_loose: those with any of its terms. Sold-out products rank a tenth lower.';

COMMENT ON FUNCTION "private"."search_projection"(uuid[]) IS 'The documents of these products; none for a product that is not active. The only place that defines what is found.';

COMMENT ON FUNCTION "private"."search_vector"(regconfig, text) IS 'The words of a text: their stems, so that a plural is found, and as written, so that their beginnings are.';

COMMENT ON FUNCTION "private"."variants_search"() IS 'A product is found by the options and codes of its variants at once.';

COMMENT ON FUNCTION "private"."word_deletions"(text) IS 'The word with none, one or two letters left out. Words that differ by so many errors share one of these.';

COMMENT ON FUNCTION "public"."find_products"(text, jsonb, text, integer, integer) IS 'Active products for a search, `size` (0 to 100) after the `first` ones: {total, meant (the text as it was read, where
   words were mistyped), is_nearest (no product has all words, these have some), products as cards, and the numbers
   beside the filters, each without its own filter: categories {slug: products}, choices {"Colour=Blue": products},
   in_stock, lowest_minor and highest_minor}. filters: {category, from_minor, to_minor, in_stock, choices:
   ["Colour=Blue"]}. sort: relevance, price, price_down or newest. Prices are minor units. For the shop''s server.';

COMMENT ON TABLE "private"."search_documents" IS 'The words and codes of an active product. Written by triggers alone; see private.search_projection.';

COMMENT ON TABLE "private"."search_words" IS 'Every word of a search_documents.vocabulary, now or before: as many as the catalogue ever used. Kept by triggers.';

COMMENT ON TYPE "private"."product_filter" IS 'Limits of a list; NULL for none. choices as "Colour=Blue": one of those of each name.';

COMMENT ON TYPE "private"."search_found" IS 'The products of a search. meant: how it was read, if not as typed. is_nearest: no product has all of its words.';

COMMENT ON TYPE "private"."search_plan" IS 'A search as queries. exact: any of its terms as written, for the rank. every: all terms. loose: any of them. code:
   the key of the whole text. meant: the text with its mistyped words corrected; NULL where there are none.';

COMMENT ON TYPE "private"."search_term" IS 'A typed word or phrase as queries. exact: as written or by stem. every: also by its beginning and by near words.
   meant: the near word that it was read as; NULL where it is known.';

REVOKE ALL ON FUNCTION "private"."allowed_errors"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."failed_choices"(text[], text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."filtered_products"(private.search_found, private.product_filter) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."find_products"(text, jsonb, text, integer, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."find_products"(text, jsonb, text, integer, integer) TO "service_role";

REVOKE ALL ON FUNCTION "private"."found_products"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."html_words"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."index_products"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."likely_plan"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."near_words"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_search"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."prefix_query"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."product_cards"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."products_search"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_term"(text, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reindex_search"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."search_alternative"(regconfig, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."search_fold"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."search_matches"(private.search_plan, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."search_projection"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."search_vector"(regconfig, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."variants_search"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."word_deletions"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."find_products"(text, jsonb, text, integer, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."find_products"(text, jsonb, text, integer, integer) TO "service_role";

reset check_function_bodies;

-- The documents of the products there are.
select private.index_products(array(select products.id from public.products));
