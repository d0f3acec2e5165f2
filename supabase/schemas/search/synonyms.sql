-- Words that managers write as synonyms. private.synonym_query looks them up.

alter table public.shop_settings add column search_synonyms text not null default ''
  check (length(search_synonyms) <= 6000);
comment on column public.shop_settings.search_synonyms is
  'Words that a search reads as the same: "sofa, couch; lamp, light". A group has two words or phrases at least.';

create function private.write_synonyms()
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
comment on function private.write_synonyms() is
  'The synonyms of the settings as searches look them up, in the transaction that changes them.';
create trigger shop_settings_synonyms after update of search_synonyms, search_language on public.shop_settings
  for each row when (
    (old.search_synonyms, old.search_language) is distinct from (new.search_synonyms, new.search_language)
  )
  execute function private.write_synonyms();
