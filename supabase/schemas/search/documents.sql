-- How documents are made, and the triggers that keep them.

create function private.search_fold(text text)
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
comment on function private.search_fold(text) is 'A text as searches compare it: in lower case, without accents.';

create function private.html_words(html text)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(regexp_replace(left(html_words.html, 50000), '<[^>]*>', ' ', 'g'), '&[a-zA-Z0-9#]+;', ' ', 'g')
$$;
comment on function private.html_words(text) is 'The text of an HTML description, without tags and entities.';

create function private.allowed_errors(word text)
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
comment on function private.allowed_errors(text) is
  'How many letters of a typed word may be wrong: none below 4 letters, one from 4, two from 8 to 16.';

create function private.word_deletions(word text)
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
comment on function private.word_deletions(text) is
  'The word with none, one or two letters left out. Words that differ by so many errors share one of these.';

create function private.search_projection(product_ids uuid[])
returns setof private.search_documents
language sql
stable
set search_path = ''
as $$
  select products.id, parts.names,
    setweight(parts.names, 'A')
      || setweight(to_tsvector(language.name, texts.maker) || to_tsvector('simple', texts.maker), 'B')
      || setweight(to_tsvector(language.name, texts.tags) || to_tsvector('simple', texts.tags), 'C')
      || setweight(to_tsvector(language.name, texts.description) || to_tsvector('simple', texts.description), 'D'),
    array_to_tsvector(offer.codes),
    tsvector_to_array(to_tsvector('simple', concat_ws(' ', texts.names, texts.maker, texts.tags))),
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
      ) as lowest_minor,
      exists (select from public.variants where variants.product_id = products.id) as has_variants
  ) as offer
  cross join lateral (
    -- Folded together and taken apart, once (offset 0): an import folds the texts of thousands of products.
    -- Each text gives its stems, so that a plural is found, and its words as written, so that their beginnings are.
    select string_to_array(private.search_fold(concat_ws(chr(31),
      concat_ws(' ', products.title, offer.options), concat_ws(' ', products.vendor, categories.title),
      array_to_string(products.tags, ' '), private.html_words(products.description_html))), chr(31)) as folded offset 0
  ) as together
  cross join lateral (
    select folded[1] as names, coalesce(folded[2], '') as maker, coalesce(folded[3], '') as tags,
      coalesce(array_to_string(folded[4:], ' '), '') as description offset 0
  ) as texts
  cross join lateral (
    select to_tsvector(language.name, texts.names) || to_tsvector('simple', texts.names) as names offset 0
  ) as parts
  where products.id = any (search_projection.product_ids) and products.status = 'active' and offer.has_variants
$$;
comment on function private.search_projection(uuid[]) is
  'The documents of these products; none for one that is not active or has no variants. '
  'The only place that defines what is found.';

create function private.index_products(product_ids uuid[])
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
comment on function private.index_products(uuid[]) is
  'Brings search documents up to date; writes only those that change.';

create function private.products_search()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_products(array(
    select changed.id
    from changed
    join before using (id)
    where (changed.title, changed.category, changed.vendor, changed.tags, changed.status, changed.description_html,
        changed.option_names, changed.position)
      is distinct from (before.title, before.category, before.vendor, before.tags, before.status,
        before.description_html, before.option_names, before.position)
  ));
  return null;
end;
$$;
comment on function private.products_search() is
  'A product is found by its new texts at once. A new product is found when it gets its variants (variants_search).';
create trigger products_search_changed after update on public.products
  referencing old table as before new table as changed
  for each statement execute function private.products_search();

create function private.variants_search()
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
comment on function private.variants_search() is
  'A product is found by the options, codes and prices of its variants at once.';
create trigger variants_search_new after insert on public.variants
  referencing new table as changed
  for each statement execute function private.variants_search();
create trigger variants_search_changed after update on public.variants
  referencing old table as before new table as changed
  for each statement execute function private.variants_search();

create function private.reindex_search()
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
comment on function private.reindex_search() is
  'A renamed category, or another language of the shop: the documents that it is in are written again.';
create trigger categories_search after update of title on public.categories
  for each row when (old.title is distinct from new.title) execute function private.reindex_search();
create trigger shop_settings_search after update of search_language on public.shop_settings
  for each row when (old.search_language is distinct from new.search_language)
  execute function private.reindex_search();

select private.index_products(array(select products.id from public.products));
