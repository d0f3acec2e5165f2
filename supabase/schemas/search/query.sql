-- How a search is read. Every step is bounded: 120 characters, 8 words, 1,000 products by codes and by words.

create type private.search_term as (exact tsquery, every tsquery, meant text);
comment on type private.search_term is
  'A typed word or phrase as queries. exact: as written or by stem. every: also by its beginning and by near words.
   meant: the near word that it was read as; NULL where it is known.';

create function private.prefix_query(word text)
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
comment on function private.prefix_query(text) is
  'The query for what begins with these letters, whatever signs are in it.';

create function private.near_words(word text)
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
comment on function private.near_words(text) is
  'Words of the catalogue that a mistyped one may mean, the nearest first. Two letters in the wrong order: one error.';

create function private.search_alternative(language regconfig, word text)
returns text
language sql
stable
set search_path = ''
as $$
  select '(' || (plainto_tsquery('simple', word) || plainto_tsquery(language, word))::text || ')'
$$;
comment on function private.search_alternative(regconfig, text) is
  'One word in place of another, as text of a query.';

create function private.synonym_query(language regconfig, typed text)
returns tsquery
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((
    select string_agg(private.search_alternative(synonym_query.language, near.word), ' | ')::tsquery
    from (
      select distinct unnest(synonym.others) as word
      from private.search_synonyms as synonym
      where synonym.stem = plainto_tsquery(synonym_query.language, typed)::text and synonym.stem <> ''
      limit 20
    ) as near
  ), ''::tsquery);
end;
$$;
comment on function private.synonym_query(regconfig, text) is
  'The synonyms of a folded word or text as a query, 20 at most; empty where it has none.';

create function private.read_term(typed text, is_phrase boolean)
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
  v_term.every := v_term.every || private.prefix_query(v_words[1])
    || private.synonym_query(v_language, v_words[1]);
  if not exists (select from private.search_documents where words @@ v_term.every) then
    v_near := array(select private.near_words(v_words[1]));
    v_term.meant := v_near[1];
    v_term.every := v_term.every || coalesce((
      select string_agg(concat_ws(' | ', private.search_alternative(v_language, near),
        nullif(private.synonym_query(v_language, near)::text, '')), ' | ')::tsquery
      from unnest(v_near) as near
    ), ''::tsquery);
  end if;
  return v_term;
end;
$$;
comment on function private.read_term(text, boolean) is
  'The query of a folded word, or of a phrase in quotes. Only words that nothing has are read as others.';

create type private.search_plan as (exact tsquery, every tsquery, loose tsquery, code text, meant text);
comment on type private.search_plan is
  'A search as queries. exact: any of its terms as written, for the rank. every: all terms. loose: any of them. code:
   the key of the whole text. meant: the text with its mistyped words corrected; NULL where there are none.';

create function private.plan_search(query text)
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
  v_synonyms tsquery;
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
  -- "two seater" is also "sofa", where these are synonyms.
  v_synonyms := case when v_folded ~ '\S\s+\S' then private.synonym_query(v_language, v_folded) end;
  if numnode(v_synonyms) > 0 then
    v_plan.every := coalesce(v_plan.every || v_synonyms, v_synonyms);
    v_plan.loose := coalesce(v_plan.loose || v_synonyms, v_synonyms);
    v_plan.meant := null;
  end if;
  v_plan.meant := case when v_plan.meant is not null then array_to_string(v_meant, ' ') end;
  return v_plan;
end;
$$;
comment on function private.plan_search(text) is
  'Reads a search: the first 120 characters and the first 8 words, or phrases in quotation marks.';

create function private.search_matches(plan private.search_plan, is_loose boolean)
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
comment on function private.search_matches(private.search_plan, boolean) is
  'Products that a search finds with their score, up to 1,000 by code and up to 1,000 by words, of which those with the
   words in title and options come first. is_loose: those with any of its terms.';
