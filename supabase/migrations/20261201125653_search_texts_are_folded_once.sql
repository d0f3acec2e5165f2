set check_function_bodies = off;

create or replace function private.search_projection(product_ids uuid[])
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

reset check_function_bodies;
