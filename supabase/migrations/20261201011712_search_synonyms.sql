set check_function_bodies = off;

CREATE TABLE "private"."search_synonyms" ("word" text NOT NULL, "stem" text NOT NULL, "others" text[] NOT NULL, CONSTRAINT "search_synonyms_pkey" PRIMARY KEY (word));

ALTER TABLE "private"."search_synonyms" ENABLE ROW LEVEL SECURITY;

-- One row, with a constant default: no rewrite and no wait worth a name.
ALTER TABLE "public"."shop_settings" ADD COLUMN "search_synonyms" text NOT NULL DEFAULT ''::text;

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

create or replace function private.save_shop_settings(changes jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_changes jsonb;
  v_response jsonb;
  v_now public.shop_settings;
  v_new public.shop_settings;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_shop_settings', jsonb_build_array(changes, expected));
  if v_response is not null then
    return v_response;
  end if;
  v_changes := private.settings_in(changes);
  select * into v_now from public.shop_settings where shop_settings.only_row for update;
  if expected is distinct from v_now.version then
    perform private.refuse(409, 'settings_changed', jsonb_build_object('version', v_now.version),
      'Read the settings again, then send what should change.');
  end if;
  v_new := jsonb_populate_record(v_now, v_changes);
  if v_new.currency <> v_now.currency and exists (select from public.variants) then
    perform private.refuse(409, 'currency_in_use', jsonb_build_object('currency', v_now.currency),
      'Prices are written in this currency. It can be changed while the shop has no product.');
  end if;

  update public.shop_settings
  set name = v_new.name, line = v_new.line, description = v_new.description, email = v_new.email,
    phone = v_new.phone, address = v_new.address, country = v_new.country, locale = v_new.locale,
    time_zone = v_new.time_zone, currency = v_new.currency, tax_number = v_new.tax_number,
    tax_rate_bp = v_new.tax_rate_bp, accent = v_new.accent, typeface = v_new.typeface,
    hero_title = v_new.hero_title, hero_text = v_new.hero_text, hero_picture = v_new.hero_picture,
    hero_alt = v_new.hero_alt, search_language = v_new.search_language, search_synonyms = v_new.search_synonyms
  where shop_settings.only_row;
  -- Apart, because it lists every variant of the shelf again.
  if v_new.low_stock_at <> v_now.low_stock_at then
    update public.shop_settings set low_stock_at = v_new.low_stock_at where shop_settings.only_row;
  end if;
  if v_changes ? 'hold_minutes' then
    perform private.write_hold_time((v_changes ->> 'hold_minutes')::integer);
  end if;
  -- The settings have another version, also where only the minutes of a hold changed.
  update public.shop_settings set updated_at = clock_timestamp() where shop_settings.only_row;
  v_response := private.settings_sheet();
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.synonym_query(language regconfig, typed text)
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

create or replace function private.text_setting(field text, value jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select given.text
  from (values
    ('name', 80, 1, '.'), ('line', 160, 0, ''), ('description', 400, 0, ''),
    ('email', 254, 0, '^([^ @<>]+@[^ @<>]+)?$'),
    ('phone', 40, 0, '^[-+0-9 ()./]*$'), ('address', 300, 0, ''), ('country', 2, 0, '^([A-Z]{2})?$'),
    ('locale', 5, 2, '^[a-z]{2}(-[A-Z]{2})?$'), ('currency', 3, 3, '^[A-Z]{3}$'), ('tax_number', 40, 0, ''),
    ('hero_title', 80, 0, ''), ('hero_text', 400, 0, ''), ('hero_alt', 200, 0, ''),
    ('hero_picture', 1000, 0, '^(|/[^/\s]\S*|https://\S+)$'),
    ('time_zone', 60, 3, '^(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2})$'),
    ('search_language', 12, 6, '^(simple|danish|dutch|english|finnish|french|german|hungarian|italian|norwegian|'
      || 'portuguese|romanian|russian|spanish|swedish|turkish)$'),
    ('search_synonyms', 6000, 0, '^([^,;]+(,[^,;]+)+(;[^,;]+(,[^,;]+)+)*)?$'),
    ('accent', 10, 1, '^(indigo|ocean|forest|clay|plum|ink)$'), ('typeface', 10, 1, '^(kalnia|grotesk|classic)$')
  ) as rule (field, longest, shortest, pattern)
  cross join lateral (select private.text_in(text_setting.value, rule.longest, rule.shortest) as text) as given
  where rule.field = text_setting.field
    and given.text ~ rule.pattern
    and (rule.field <> 'time_zone' or exists (select from pg_timezone_names as zone where zone.name = given.text))
$$;

create or replace function private.write_synonyms()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.search_synonyms as known where known.word is not null;
  with groups as (
    select groups.place, private.search_fold(btrim(word)) as word
    from regexp_split_to_table(new.search_synonyms, ';') with ordinality as groups (text, place)
    cross join lateral regexp_split_to_table(groups.text, ',') as word
  ), written as (
    insert into private.search_synonyms (word, stem, others)
    select own.word, plainto_tsquery(new.search_language::regconfig, own.word)::text,
      array_agg(distinct other.word order by other.word)
    from groups as own
    join groups as other using (place)
    where own.word <> '' and other.word <> '' and other.word <> own.word
    group by own.word
    returning word
  )
  -- A mistyped synonym is read as one.
  insert into private.search_words (word, deletions)
  select written.word, private.word_deletions(written.word)
  from written
  where length(written.word) between 3 and 40 and written.word !~ '[\d\s]'
  order by written.word
  on conflict do nothing;
  return null;
end;
$$;

-- One row, with a constant default: no rewrite and no wait worth a name.
ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_search_synonyms_check" CHECK ((length(search_synonyms) <= 6000));

CREATE INDEX search_synonyms_by_stem ON private.search_synonyms USING btree (stem);

CREATE TRIGGER shop_settings_synonyms AFTER UPDATE OF search_synonyms, search_language ON public.shop_settings FOR EACH ROW WHEN (((old.search_synonyms IS DISTINCT FROM new.search_synonyms) OR (old.search_language IS DISTINCT FROM new.search_language))) EXECUTE FUNCTION private.write_synonyms();

COMMENT ON COLUMN "private"."search_synonyms"."stem" IS 'The word as a query in the shop''s language, so that a plural finds it.';

COMMENT ON COLUMN "public"."shop_settings"."search_synonyms" IS 'Words that a search reads as the same: "sofa, couch; lamp, light". A group has two words or phrases at least.';

COMMENT ON FUNCTION "private"."synonym_query"(regconfig, text) IS 'The synonyms of a folded word or text as a query, 20 at most; empty where it has none.';

COMMENT ON FUNCTION "private"."write_synonyms"() IS 'The synonyms of the settings as searches look them up, in the transaction that changes them.';

COMMENT ON TABLE "private"."search_synonyms" IS 'The words of shop_settings.search_synonyms, folded, each with the others of its groups. Written by a trigger alone.';

REVOKE ALL ON FUNCTION "private"."synonym_query"(regconfig, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_synonyms"() FROM PUBLIC;

reset check_function_bodies;
