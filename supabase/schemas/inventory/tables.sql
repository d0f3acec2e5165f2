-- The inventory list of staff: one row per variant with its numbers at every location.
--
-- Words to search and the order of the list come from two tables (products and variants), and no index spans two. So
-- they are kept together in public.inventory_index by statement-level triggers: rarely written, always searched.
-- Numbers are not in it; they are joined for the rows of one page.

-- For words in the middle of a name. `extensions` is where Supabase keeps what is not ours.
create extension if not exists pg_trgm with schema extensions;

create table public.inventory_index (
  variant_id uuid primary key references public.variants (id),
  category text not null references public.categories (slug),
  title text not null,
  position integer not null,
  words text not null
);
comment on table public.inventory_index is
  'The search words and the order of the inventory list. Maintained by triggers; staff only.';
comment on column public.inventory_index.title is
  'The product''s title in lower case. With position and variant_id the one order of the list.';
comment on column public.inventory_index.words is
  'Title, options, SKU, barcode and vendor, in lower case: every word of a search must occur in it.';
create index inventory_index_in_order on public.inventory_index (title, position, variant_id);
create index inventory_index_by_category on public.inventory_index (category, title, position, variant_id);
create index inventory_index_by_words on public.inventory_index using gin (words extensions.gin_trgm_ops);

alter table public.inventory_index enable row level security;
revoke all on public.inventory_index from anon, authenticated, service_role;
grant select on public.inventory_index to authenticated, service_role;
create policy "staff search the inventory" on public.inventory_index
  for select to authenticated using ((select private.staff_role()) is not null);

-- Few are low or sold out among many: a list narrowed to those begins here, not at the first title.
create index shelf_by_band on public.shelf (band) where band in ('low', 'out');
