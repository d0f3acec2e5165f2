-- How long the shop's listings are, so that no page counts products: with 25,000 of them counting costs more than the
-- page. Kept by statement-level triggers in the transaction that lists, moves or archives a product.

create table public.category_sizes (
  category text primary key references public.categories (slug),
  products integer not null default 0 check (products >= 0)
);
comment on table public.category_sizes is
  'Active products of each category; a category that never had any has no row. Maintained by triggers.';

create function private.products_resize()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into public.category_sizes as size (category, products)
    select added.category, count(*) from added where added.status = 'active' group by added.category
      order by added.category
    on conflict (category) do update set products = size.products + excluded.products;
  else
    -- One row per category that ends up with another number, in one order, so that two edits never wait for each other.
    insert into public.category_sizes as size (category, products)
    select each.category, 0
    from (select added.category from added union select removed.category from removed) as each
    order by each.category
    on conflict do nothing;
    update public.category_sizes as size
    set products = size.products + moved.products
    from (
      select each.category, sum(each.sign)::integer as products
      from (
        select added.category, 1 as sign from added where added.status = 'active'
        union all
        select removed.category, -1 from removed where removed.status = 'active'
      ) as each
      group by each.category
      having sum(each.sign) <> 0
    ) as moved
    where size.category = moved.category;
  end if;
  return null;
end;
$$;
comment on function private.products_resize() is 'Products to the sizes of their categories.';
create trigger products_resize_new after insert on public.products
  referencing new table as added
  for each statement execute function private.products_resize();
create trigger products_resize_changed after update on public.products
  referencing old table as removed new table as added
  for each statement execute function private.products_resize();

insert into public.category_sizes (category, products)
select products.category, count(*) from public.products where products.status = 'active' group by products.category;

create function private.category_sizes_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'category_sizes', null::uuid, null::uuid, to_jsonb(counted), to_jsonb(size)
  from (
    select products.category, count(*)::integer as products from public.products where products.status = 'active'
      group by products.category
  ) as counted
  full join (select * from public.category_sizes where category_sizes.products > 0) as size using (category)
  where counted.products is distinct from size.products
$$;
comment on function private.category_sizes_drift() is
  'Where a category is said to have more or fewer active products than there are.';

-- The shop window's order, so that its first page is read and not sorted.
create index products_in_order on public.products (position, id);

alter table public.category_sizes enable row level security;
revoke all on public.category_sizes from anon, authenticated, service_role;
-- For the shop's server, which counts pages with it.
grant select on public.category_sizes to service_role;
