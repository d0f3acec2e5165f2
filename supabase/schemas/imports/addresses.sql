-- Cells of a file that the shop has no column for, and other addresses of products.

create table public.kept_columns (
  id uuid primary key default gen_random_uuid(),
  product_id uuid unique references public.products (id) on delete cascade,
  variant_id uuid unique references public.variants (id) on delete cascade,
  columns jsonb not null check (jsonb_typeof(columns) = 'object'),
  constraint kept_columns_are_of_one_row check (num_nonnulls(product_id, variant_id) = 1)
);
comment on table public.kept_columns is
  'Cells of imported files that the shop has no use for, such as metafields. Exports write them again. Written by
   imports.';
comment on column public.kept_columns.columns is
  'Of a product {heading: [text of each row, …]}, of a variant {heading: text}.';

create table public.product_addresses (
  handle text primary key check (length(trim(handle)) between 1 and 255),
  product_id uuid not null references public.products (id) on delete cascade,
  created_at timestamptz not null default now()
);
comment on table public.product_addresses is
  'Other addresses of products: /products/<handle> leads to the product''s own. Written by imports, and when a product
   is taken off sale.';
comment on column public.product_addresses.handle is
  'As another system spelled it, or as it was while the product was for sale. A product''s own handle comes first.';
create index product_addresses_by_product on public.product_addresses (product_id);

-- Off sale, a product may get another handle. Links and bookmarks keep the one they have.
create function private.keep_product_address()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.product_addresses (handle, product_id) values (old.handle, old.id)
  on conflict (handle) do update set product_id = excluded.product_id;
  return null;
end;
$$;
comment on function private.keep_product_address() is 'Keeps the address under which a product was for sale.';
create trigger products_keep_their_address after update on public.products
  for each row
  when (old.status = 'active' and (new.status <> 'active' or new.handle <> old.handle))
  execute function private.keep_product_address();

alter table public.kept_columns enable row level security;
alter table public.product_addresses enable row level security;

-- Not even the secret key writes here; the shop's server reads addresses with it.
revoke all on public.kept_columns, public.product_addresses from anon, authenticated, service_role;
grant select on public.kept_columns, public.product_addresses to authenticated, service_role;
create policy "staff read what files said beside" on public.kept_columns
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read other addresses" on public.product_addresses
  for select to authenticated using ((select private.staff_role()) is not null);
