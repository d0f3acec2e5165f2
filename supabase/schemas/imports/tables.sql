-- Imports: a file becomes products, prices and stock. The parser stages the file in batches; a manager sees its
-- difference to the shop and applies it in one transaction, all or nothing. An applied import can be reverted by
-- another import with the opposite changes. Values that were changed since then stay and are listed, units are reverted
-- as far as they are available, and products that the import created are archived, because orders and the ledger may
-- point at them.
--
--   begin_import ─▶ stage_import … ─▶ preview_import ─▶ apply_import ─▶ begin_revert ─▶ preview_import …
--                   (or stage_levels)     │      ▲         (or discard_import)
--                                         └──────┘ answer_import: numbers that moved since the export
--
-- Invariants:
--   1. The preview is what is written: both are private.import_diff, and apply_import can be told which one was seen.
--   2. Applying the same file again finds no difference, so it changes nothing.
--   3. Quantities are movements of the ledger (document import-<number>), never plain writes.
--   4. In a staged row NULL means "the file does not say": what the catalogue has stays.
-- private.import_changes keeps the values before and after an import. Its revert uses them.

create function private.is_safe_html(html text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select html !~ '<(?!/?(p|ul|ol|li|strong|em|h3|h4)>|br />|a href="https?://[^"<>]*">|/a>)'
$$;
comment on function private.is_safe_html(text) is
  'True when every tag is one of p, br, ul, ol, li, strong, em, h3, h4 without attributes, or a link to http(s).';
grant execute on function private.is_safe_html(text) to service_role;

-- No description contains a script, whichever way it was written.
alter table public.products
  add constraint products_describe_themselves_safely check (private.is_safe_html(description_html));

create type public.import_kind as enum ('products', 'inventory');
comment on type public.import_kind is
  'products: a file of products with the quantities of one location. inventory: units of any variants at any
   locations.';

create table public.imports (
  id uuid primary key default gen_random_uuid(),
  kind public.import_kind not null default 'products',
  number bigint generated always as identity unique,
  document text not null generated always as ('import-' || number::text) stored,
  file_name text not null check (length(trim(file_name)) between 1 and 255),
  location_id uuid references public.locations (id),
  reverts uuid references public.imports (id),
  warnings text[] not null default '{}' check (cardinality(warnings) <= 40),
  problems jsonb not null default '[]' check (jsonb_typeof(problems) = 'array' and jsonb_array_length(problems) <= 100),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  summary jsonb,
  discarded_at timestamptz,
  discarded_by uuid,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  kept_columns text[] not null default '{}' check (cardinality(kept_columns) <= 1000),
  constraint imports_say_what_they_changed check ((applied_at is null) = (summary is null)),
  constraint imports_say_who_discarded_them check ((discarded_at is null) = (discarded_by is null)),
  constraint imports_are_applied_or_discarded check (applied_at is null or discarded_at is null),
  constraint imports_of_products_name_a_location check ((kind = 'products') = (location_id is not null))
);
comment on table public.imports is
  'One row per file, and one per revert. Staged until applied_at; one that nobody decides on is discarded after a
   week. Staff only; written by functions.';
comment on column public.imports.document is 'The name of its quantities in the ledger.';
comment on column public.imports.location_id is
  'The place whose on hand a product file''s quantities claim. Lines of an inventory file name their own.';
comment on column public.imports.reverts is 'The import that this one reverts.';
comment on column public.imports.warnings is
  'Sentences of the parser about contents of the file that the shop ignores.';
comment on column public.imports.problems is
  'Lines that could not be read, in the shape of private.import_conflicts; nothing is staged then.';
comment on column public.imports.summary is 'Its changes, counted by private.import_overview; NULL until applied.';
comment on column public.imports.kept_columns is
  'Headings whose cells the shop only keeps (public.kept_columns): its exports write them again.';
comment on column public.imports.discarded_at is
  'When a manager discarded it: its staged rows are deleted, the row stays.';
create unique index imports_are_reverted_once on public.imports (reverts) where discarded_at is null;
create index imports_by_location on public.imports (location_id);
create trigger imports_touch before update on public.imports
  for each row execute function private.touch();

create table private.import_products (
  import_id uuid not null references public.imports (id) on delete cascade,
  handle text not null check (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(handle) <= 255),
  line integer not null check (line >= 1),
  title text check (length(trim(title)) between 1 and 255),
  description_html text check (private.is_safe_html(description_html)),
  vendor text,
  category_slug text check (category_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  category_title text check (length(trim(category_title)) between 1 and 120),
  tags text[],
  option_names text[] check (cardinality(option_names) <= 3),
  status public.product_status,
  -- Types first: of a number no pattern says no.
  media jsonb check (
    jsonb_typeof(media) = 'array'
    and not media @? '$[*] ? (!(@.type() == "object"
      && @.src.type() == "string" && @.src like_regex "^(https?://|/)" && @.alt.type() == "string"
      && (@.option_values.type() == "null"
        || @.option_values.type() == "array" && !exists(@.option_values[*] ? (@.type() != "string")))))'
  ),
  former_handle text check (length(trim(former_handle)) between 1 and 255),
  tax_rate_bp integer check (tax_rate_bp between 0 and 10000),
  kept jsonb not null default '{}' check (jsonb_typeof(kept) = 'object'),
  primary key (import_id, handle),
  constraint import_products_name_their_category check ((category_slug is null) = (category_title is null))
);
comment on table private.import_products is 'A file''s products, staged.';
comment on column private.import_products.line is 'Where in the file it begins, counted from 1, for messages.';
comment on column private.import_products.former_handle is
  'How the file spells a handle that is no address: it will lead to the product.';
comment on column private.import_products.kept is
  'Cells that are only kept, of its rows in order: {heading: [text, …]}.';
comment on column private.import_products.media is
  'All pictures in order: [{"src", "alt", "option_values": of the variant it shows, or null}].';

create table private.import_variants (
  import_id uuid not null,
  handle text not null,
  line integer not null check (line >= 1),
  position integer not null check (position >= 1),
  sku text not null check (length(trim(sku)) between 1 and 120),
  sku_given boolean not null,
  option_values text[] not null,
  price_minor integer check (price_minor >= 0),
  compare_at_minor integer check (compare_at_minor >= 0),
  barcode text check (length(barcode) <= 120),
  quantity integer check (quantity between 0 and 1000000),
  active boolean,
  options_given boolean not null default true,
  kept jsonb not null default '{}' check (jsonb_typeof(kept) = 'object'),
  primary key (import_id, line),
  foreign key (import_id, handle) references private.import_products (import_id, handle) on delete cascade
);
comment on table private.import_variants is
  'A file''s variants, staged. compare_at_minor 0 and barcode '''' mean: none.';
comment on column private.import_variants.sku_given is
  'False: the file names no SKU and sku is derived from handle and options.';
comment on column private.import_variants.options_given is
  'False: the file names no options; those of the catalogue stay.';
comment on column private.import_variants.kept is 'Cells that are only kept: {heading: text}.';
create index import_variants_by_product on private.import_variants (import_id, handle);
create unique index import_variants_are_different_choices 
  on private.import_variants (import_id, handle, option_values)
  where options_given;
create unique index import_variants_name_each_sku_once on private.import_variants (import_id, sku) where sku_given;

create type public.import_choice as enum ('add', 'set', 'skip');
comment on type public.import_choice is
  'The use of a number of a file. add: its difference to the exported number. set: the number itself. skip: none.';

create table private.import_levels (
  import_id uuid not null references public.imports (id) on delete cascade,
  line integer not null check (line >= 1),
  sku text,
  handle text,
  option_values text[] not null default '{}',
  location text not null,
  expected integer check (expected between 0 and 1000000),
  ledger_position bigint check (ledger_position >= 0),
  counted integer not null check (counted between 0 and 1000000),
  choice public.import_choice,
  primary key (import_id, line, location),
  constraint import_levels_name_their_variant check (coalesce(sku, handle) is not null),
  constraint import_levels_add_to_something check (choice <> 'add' or expected is not null)
);
comment on table private.import_levels is 'The lines of an inventory file that claim something, staged.';
comment on column private.import_levels.location is 'Its name or slug.';
comment on column private.import_levels.expected is
  'Units on hand when the file was exported, at ledger_position. NULL: the file does not say.';
comment on column private.import_levels.counted is 'Units on hand according to the file.';
comment on column private.import_levels.choice is
  'The choice of a manager. NULL: there was no question, or no answer yet.';

create type public.import_answer as enum ('keep', 'repair', 'drop');
comment on type public.import_answer is
  'The use of cells that may be wrong. keep: as they are. repair: corrected where possible. drop: none.';

create table private.import_asks (
  import_id uuid not null references public.imports (id) on delete cascade,
  kind text not null check (kind ~ '^[a-z_]{1,40}$'),
  subject text not null check (subject in ('product', 'variant', 'level')),
  line integer not null check (line >= 1),
  "column" text not null,
  value text not null,
  choices jsonb not null check (jsonb_typeof(choices) = 'object'),
  answer public.import_answer,
  primary key (import_id, kind, line, "column")
);
comment on table private.import_asks is
  'Cells of a file that wait for an answer before it is applied. One answer is for all of a kind.';
comment on column private.import_asks.choices is
  'The staged values of each answer: {answer: {column of the staged row: value}}.';

create type private.import_subject as enum ('product', 'variant', 'level');
comment on type private.import_subject is
  'The kind of row that differs. A quantity of a product file is the on_hand of its variant.';

create table private.import_changes (
  import_id uuid not null references public.imports (id) on delete cascade,
  subject private.import_subject not null,
  line integer not null,
  handle text not null,
  sku text,
  product_id uuid,
  variant_id uuid,
  location_id uuid,
  before jsonb,
  after jsonb not null,
  claim jsonb
);
comment on table private.import_changes is
  'Changes of an applied import: one row per product, variant or level, before (NULL: new) and after.';
comment on column private.import_changes.location_id is 'Where its on_hand is; NULL for a product.';
comment on column private.import_changes.claim is
  'The numbers of the line of a level: {expected, counted, ledger_position}. A line that is imported again has the
   same.';
create index import_changes_by_import on private.import_changes (import_id, line);
create index import_changes_by_level on private.import_changes (variant_id, location_id) where claim is not null;

create table private.import_kept (
  import_id uuid not null references public.imports (id) on delete cascade,
  line integer not null,
  subject private.import_subject not null,
  handle text not null,
  sku text,
  field text not null,
  wanted jsonb,
  found jsonb,
  why text not null check (why in ('changed_since', 'taken_since', 'unavailable_since'))
);
comment on table private.import_kept is
  'Fields that a revert did not change: the value it wanted, the value that is there.';
comment on column private.import_kept.why is
  'changed_since: edited after the import. taken_since: another row has its SKU or options. unavailable_since: some of
   its units are sold, held, committed or safety stock.';
create index import_kept_by_import on private.import_kept (import_id, line);

alter table public.imports enable row level security;
alter table private.import_products enable row level security;
alter table private.import_variants enable row level security;
alter table private.import_levels enable row level security;
alter table private.import_asks enable row level security;
alter table private.import_changes enable row level security;
alter table private.import_kept enable row level security;

-- Not even the secret key writes here: an import goes through its functions.
revoke all on public.imports from anon, authenticated, service_role;
grant select on public.imports to authenticated, service_role;
create policy "staff read what was imported" on public.imports
  for select to authenticated using ((select private.staff_role()) is not null);
