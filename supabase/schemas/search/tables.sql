-- The search of shoppers: one document for each active product, kept by statement-level triggers in the transaction
-- that changes the catalogue. Documents hold words as typed and as stems of the shop's language, without accents, in
-- the weights of their place: title and options (A), maker and category (B), tags (C), description (D).

create extension if not exists pg_trgm with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists fuzzystrmatch with schema extensions;

alter table public.shop_settings add column search_language text not null default 'english'
  check (search_language in ('simple', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian',
    'italian', 'norwegian', 'portuguese', 'romanian', 'russian', 'spanish', 'swedish', 'turkish'));
comment on column public.shop_settings.search_language is
  'The language of the shop''s texts, for word stems in searches. A change writes every search document again.';

create table private.search_documents (
  product_id uuid primary key references public.products (id) on delete cascade,
  names tsvector not null,
  words tsvector not null,
  codes tsvector not null,
  vocabulary text[] not null,
  choices text[] not null,
  category text,
  lowest_minor integer,
  position integer,
  number bigint
);
comment on table private.search_documents is
  'The words and codes of an active product. Written by triggers alone; see private.search_projection.';
comment on column private.search_documents.names is 'Title and options: what most searches name. Searched first.';
comment on column private.search_documents.words is 'All words with their weights A to D.';
comment on column private.search_documents.codes is
  'Keys of SKUs and barcodes (private.code_key), GTINs also without their leading zeros.';
comment on column private.search_documents.vocabulary is
  'Its words without those of the description, as written: what a mistyped word may have meant.';
comment on column private.search_documents.choices is 'Its options, as "Colour=Blue": the filters.';
comment on column private.search_documents.lowest_minor is
  'The lowest price of its variants. With category, position and number the rest of a page of results is found by.';
create index search_documents_by_names on private.search_documents using gin (names) with (fastupdate = off);
create index search_documents_by_words on private.search_documents using gin (words) with (fastupdate = off);
create index search_documents_by_codes on private.search_documents using gin (codes) with (fastupdate = off);

create table private.search_words (
  word text primary key check (length(word) between 3 and 40),
  deletions text[] not null
);
comment on table private.search_words is
  'Every word of a search_documents.vocabulary, now or before: as many as the catalogue ever used. Kept by triggers.';
comment on column private.search_words.deletions is
  'The word without one letter, and without two where two errors are allowed: two words are near when they share one.';
create index search_words_by_deletions on private.search_words using gin (deletions) with (fastupdate = off);
create index search_words_by_likeness on private.search_words using gin (word extensions.gin_trgm_ops);

create table private.search_synonyms (
  word text primary key,
  stem text not null,
  others text[] not null
);
comment on table private.search_synonyms is
  'The words of shop_settings.search_synonyms, folded, each with the others of its groups. Written by a trigger alone.';
comment on column private.search_synonyms.stem is
  'The word as a query in the shop''s language, so that a plural finds it.';
create index search_synonyms_by_stem on private.search_synonyms (stem);

alter table private.search_documents enable row level security;
alter table private.search_words enable row level security;
alter table private.search_synonyms enable row level security;
