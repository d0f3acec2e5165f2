-- How a catalogue file becomes products, prices and stock. Whoever parses the file stages its products in pieces,
-- looks at the difference to the catalogue, and applies it: one transaction, all or nothing.
--
--   begin_import ──▶ stage_import … ──▶ preview_import ──▶ apply_import
--                                             (or discard_import)
--
-- What must always be true:
--   1. What is written is what was previewed: both are private.import_diff, and apply_import can be told what was seen.
--   2. Applying the same file again finds no difference, so it changes nothing.
--   3. Quantities are movements of the ledger (reason import, document import-<number>), never plain writes.
--   4. In a staged row NULL means "the file does not say": what the catalogue has stays.
-- What an import changed stays in private.import_changes, before and after: its record, and what a revert would need.

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

-- Whatever way a description comes in, no script comes with it.
alter table public.products
  add constraint products_describe_themselves_safely check (private.is_safe_html(description_html));

create table public.imports (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  document text not null generated always as ('import-' || number::text) stored,
  file_name text not null check (length(trim(file_name)) between 1 and 255),
  location_id uuid not null references public.locations (id),
  warnings text[] not null default '{}' check (cardinality(warnings) <= 20),
  problems jsonb not null default '[]' check (jsonb_typeof(problems) = 'array' and jsonb_array_length(problems) <= 100),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  summary jsonb,
  constraint imports_say_what_they_changed check ((applied_at is null) = (summary is null))
);
comment on table public.imports is 'One row per file. Staged until applied_at; an abandoned one is tidied away after a week.';
comment on column public.imports.document is 'The name under which its quantities stand in the ledger.';
comment on column public.imports.location_id is 'The place whose on hand the file''s quantities claim.';
comment on column public.imports.warnings is 'Sentences of whoever read the file about what it says and the shop will not do.';
comment on column public.imports.problems is 'Lines that could not be read, as private.import_conflicts lists what stands against a file; nothing is staged then.';
comment on column public.imports.summary is 'What it changed, as private.import_summary counts it; NULL until applied.';
create index imports_by_location on public.imports (location_id);

create table private.import_products (
  import_id uuid not null references public.imports (id) on delete cascade,
  handle text not null check (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(handle) <= 255),
  line integer not null check (line >= 1),
  title text not null check (length(trim(title)) between 1 and 255),
  description_html text check (private.is_safe_html(description_html)),
  vendor text,
  category_slug text check (category_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  category_title text check (length(trim(category_title)) between 1 and 120),
  tags text[],
  option_names text[] not null check (cardinality(option_names) <= 3),
  status public.product_status,
  media jsonb check (
    jsonb_typeof(media) = 'array'
    and not media @? '$[*] ? (!(@.src like_regex "^(https?://|/)") || !exists(@.alt) || !exists(@.option_values))'
  ),
  primary key (import_id, handle),
  constraint import_products_name_their_category check ((category_slug is null) = (category_title is null))
);
comment on table private.import_products is 'A file''s products, staged.';
comment on column private.import_products.line is 'Where in the file it begins, counted from 1, for messages.';
comment on column private.import_products.media is 'All pictures in order: [{"src", "alt", "option_values": of the variant it shows, or null}].';

create table private.import_variants (
  import_id uuid not null,
  handle text not null,
  line integer not null check (line >= 1),
  position integer not null check (position >= 1),
  sku text not null check (length(trim(sku)) between 1 and 120),
  sku_given boolean not null,
  option_values text[] not null,
  price_minor integer not null check (price_minor >= 0),
  compare_at_minor integer check (compare_at_minor >= 0),
  barcode text check (length(barcode) <= 120),
  quantity integer check (quantity between 0 and 1000000),
  primary key (import_id, handle, option_values),
  foreign key (import_id, handle) references private.import_products (import_id, handle) on delete cascade
);
comment on table private.import_variants is 'A file''s variants, staged. compare_at_minor 0 and barcode '''' mean: none.';
comment on column private.import_variants.sku_given is 'False: the file names no SKU and sku is derived from handle and options.';
create unique index import_variants_name_each_sku_once on private.import_variants (import_id, sku) where sku_given;

create type private.import_subject as enum ('product', 'variant');
comment on type private.import_subject is 'What a difference is about; a quantity is a variant''s on_hand.';

create table private.import_changes (
  import_id uuid not null references public.imports (id) on delete cascade,
  subject private.import_subject not null,
  line integer not null,
  handle text not null,
  sku text,
  product_id uuid,
  variant_id uuid,
  before jsonb,
  after jsonb not null
);
comment on table private.import_changes is 'What an applied import changed: one row per product or variant, before (NULL: new) and after.';
create index import_changes_by_import on private.import_changes (import_id, line);

alter table public.imports enable row level security;
alter table private.import_products enable row level security;
alter table private.import_variants enable row level security;
alter table private.import_changes enable row level security;

-- Not even the secret key writes here: an import goes through its functions.
revoke all on public.imports from anon, authenticated, service_role;
grant select on public.imports to authenticated, service_role;
create policy "staff read what was imported" on public.imports
  for select to authenticated using ((select private.staff_role()) is not null);

-- The difference ----------------------------------------------------------------------------------------------

create function private.import_matches(import_id uuid)
returns table (
  handle text, option_values text[], line integer, product_id uuid, variant_id uuid, sku text, rival uuid, times bigint
)
language sql
stable
set search_path = ''
as $$
  select staged.handle, staged.option_values, staged.line, products.id, same.id,
    case
      when staged.sku_given then staged.sku
      when same.id is not null then same.sku
      -- Derived, but somebody else's already: a suffix that the same handle and options always get.
      when named.id is not null or count(*) over (partition by staged.sku) > 1
        then left(staged.sku, 113) || '-' || upper(left(md5(staged.handle || staged.option_values::text), 6))
      else staged.sku
    end,
    case
      when staged.sku_given and named.id <> alike.id then alike.id
      when staged.sku_given and named.product_id is distinct from products.id then named.id
    end,
    count(*) over (partition by coalesce(same.id::text, staged.handle || staged.option_values::text))
  from private.import_variants as staged
  left join public.products on products.handle = staged.handle
  left join public.variants as named on named.sku = staged.sku
  left join public.variants as alike on alike.product_id = products.id and alike.option_values = staged.option_values
  left join public.variants as same on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  where staged.import_id = import_matches.import_id
$$;
comment on function private.import_matches(uuid) is
  'Which variant each staged one is: by its SKU, else by its product''s handle and options; NULL when new. rival: another
   variant that has the SKU or the options already. times: how many staged rows claim the same variant.';

create function private.import_product_diff(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  before jsonb, after jsonb
)
language sql
stable
set search_path = ''
as $$
  select 'product'::private.import_subject, staged.line, staged.handle, null, products.id, null::uuid,
    case when products.id is not null then jsonb_build_object(
      'title', products.title,
      'description_html', products.description_html,
      'vendor', products.vendor,
      'category', products.category,
      'tags', products.tags,
      'option_names', products.option_names,
      'status', products.status,
      'media', pictures.media
    ) end,
    jsonb_build_object(
      'title', staged.title,
      'description_html', coalesce(staged.description_html, products.description_html, ''),
      'vendor', coalesce(staged.vendor, products.vendor, ''),
      'category', coalesce(staged.category_slug, products.category, 'everything-else'),
      'tags', coalesce(staged.tags, products.tags, '{}'),
      'option_names', staged.option_names,
      'status', coalesce(staged.status, products.status, 'active'),
      'media', coalesce(wanted.media, pictures.media)
    )
  from private.import_products as staged
  left join public.products on products.handle = staged.handle
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
        'src', media.src,
        'alt', media.alt,
        'option_values', variants.option_values
      ) order by media.position), '[]')
    from public.product_media as media
    left join public.variants on variants.id = media.variant_id
    where media.product_id = products.id
  ) as pictures (media)
  -- The format has room for one picture of a variant. One that it ties to none still shows the variant it showed.
  cross join lateral (
    select jsonb_agg(picture.item || case when picture.item -> 'option_values' = 'null' then jsonb_build_object('option_values', (
        select known.item -> 'option_values'
        from jsonb_array_elements(pictures.media) as known (item)
        where known.item -> 'src' = picture.item -> 'src'
        limit 1
      )) else '{}' end order by picture.position)
    from jsonb_array_elements(staged.media) with ordinality as picture (item, position)
  ) as wanted (media)
  where staged.import_id = import_product_diff.import_id
$$;
comment on function private.import_product_diff(uuid) is 'Every staged product as it is (before, NULL: new) and as the file wants it (after).';

create function private.import_variant_diff(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  before jsonb, after jsonb
)
language sql
stable
set search_path = ''
as $$
  select 'variant'::private.import_subject, staged.line, staged.handle, match.sku, match.product_id, variants.id,
    case when variants.id is not null then jsonb_build_object(
      'sku', variants.sku,
      'option_values', variants.option_values,
      'price_minor', variants.price_minor,
      'compare_at_minor', variants.compare_at_minor,
      'currency', variants.currency,
      'barcode', variants.barcode,
      'position', variants.position,
      'on_hand', coalesce(level.on_hand, 0)
    ) end,
    jsonb_build_object(
      'sku', match.sku,
      'option_values', staged.option_values,
      'price_minor', staged.price_minor,
      'compare_at_minor', nullif(coalesce(staged.compare_at_minor, variants.compare_at_minor), 0),
      'currency', shop_settings.currency,
      'barcode', nullif(coalesce(staged.barcode, variants.barcode), ''),
      'position', coalesce(variants.position, staged.position),
      'on_hand', coalesce(staged.quantity, level.on_hand, 0)
    )
  from public.imports
  join private.import_variants as staged on staged.import_id = imports.id
  join private.import_matches(import_variant_diff.import_id) as match using (handle, option_values)
  left join public.variants on variants.id = match.variant_id
  left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = imports.location_id
  cross join public.shop_settings
  where imports.id = import_variant_diff.import_id
$$;
comment on function private.import_variant_diff(uuid) is 'The same for every staged variant. on_hand is that of the import''s location.';

create function private.import_diff(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  before jsonb, after jsonb
)
language sql
stable
set search_path = ''
as $$
  select * from private.import_product_diff(import_id)
  union all
  select * from private.import_variant_diff(import_id)
$$;
comment on function private.import_diff(uuid) is 'The only place that knows what a file changes: preview and apply both read it.';

create function private.import_conflicts(import_id uuid)
returns table (line integer, "column" text, value text, why text)
language sql
stable
set search_path = ''
as $$
  with matches as materialized (
    select * from private.import_matches(import_conflicts.import_id)
  )
  select problem.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral jsonb_to_recordset(imports.problems) as problem (line integer, "column" text, value text, why text)
  where imports.id = import_conflicts.import_id

  union all
  select match.line, 'Variant SKU', match.sku,
    'is or would become ' || products.handle || ' ' || array_to_string(rival.option_values, ' / ') || ' (SKU ' || rival.sku || ')'
  from matches as match
  join public.variants as rival on rival.id = match.rival
  join public.products on products.id = rival.product_id

  union all
  select match.line, 'Variant SKU', match.sku, 'is the same variant as another line of the file'
  from matches as match
  where match.times > 1

  union all
  select staged.line, 'Option1 Name', array_to_string(staged.option_names, ', '),
    'variant ' || variants.sku || ' is not in the file and has ' || cardinality(variants.option_values) || ' options: add its line'
  from private.import_products as staged
  join public.products on products.handle = staged.handle
  join public.variants on variants.product_id = products.id and variants.active
  where staged.import_id = import_conflicts.import_id
    and cardinality(variants.option_values) <> cardinality(staged.option_names)
    and not exists (select from matches as match where match.variant_id = variants.id)

  union all
  select staged.line, 'Variant Inventory Qty', staged.quantity::text,
    'fewer than the ' || level.on_hand - level.available || ' units held, committed or kept as safety stock here'
  from private.import_variants as staged
  join matches as match using (handle, option_values)
  join public.imports on imports.id = staged.import_id
  join public.stock_levels as level on level.variant_id = match.variant_id and level.location_id = imports.location_id
  where staged.import_id = import_conflicts.import_id
    and staged.quantity < level.on_hand - level.available
  order by 1
$$;
comment on function private.import_conflicts(uuid) is
  'Why the file cannot be applied to this catalogue: the line, its column and value, and what stands against it. No row: it can.';

create function private.import_summary(import_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with diff as materialized (
    select * from private.import_diff(import_summary.import_id)
  ), counts as (
    select jsonb_build_object(
      'new', count(*) filter (where before is null),
      'changed', count(*) filter (where before <> after),
      'unchanged', count(*) filter (where before = after)
    ) as by_state, subjects.subject
    from unnest(enum_range(null::private.import_subject)) as subjects (subject)
    left join diff using (subject)
    group by subjects.subject
  ), fields as (
    select field.key, count(*) as times
    from diff
    cross join lateral jsonb_each(diff.after) as field
    where diff.before <> diff.after
      and diff.before -> field.key <> field.value
    group by field.key
  ), units as (
    select coalesce((diff.after ->> 'on_hand')::bigint - coalesce((diff.before ->> 'on_hand')::bigint, 0), 0) as delta
    from diff
  )
  select jsonb_build_object(
    'products', (select by_state from counts where subject = 'product'),
    'variants', (select by_state from counts where subject = 'variant'),
    'fields', (select coalesce(jsonb_object_agg(key, times), '{}') from fields),
    'units_in', (select coalesce(sum(delta) filter (where delta > 0), 0) from units),
    'units_out', (select coalesce(-sum(delta) filter (where delta < 0), 0) from units),
    'fingerprint', (
      select md5(coalesce(string_agg(concat_ws(' ', handle, sku, before, after), E'\n' order by handle, sku nulls first), ''))
      from diff where before is distinct from after
    )
  )
$$;
comment on function private.import_summary(uuid) is
  'Counts of new, changed and unchanged, changes by field, units that would come and go, and a fingerprint of the whole
   difference: as long as it is the same, applying does exactly what was shown.';
