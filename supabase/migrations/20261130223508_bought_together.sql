set check_function_bodies = off;

CREATE TABLE "private"."unpaired_orders" ("order_id" uuid NOT NULL, CONSTRAINT "unpaired_orders_pkey" PRIMARY KEY (order_id));

ALTER TABLE "private"."unpaired_orders" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."bought_together" ("product_id" uuid NOT NULL, "other_id" uuid NOT NULL, "orders" integer NOT NULL, CONSTRAINT "bought_together_orders_check" CHECK ((orders >= 0)), CONSTRAINT "bought_together_pkey" PRIMARY KEY (product_id, other_id));

ALTER TABLE "public"."bought_together" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."bought_together" FROM "anon";

REVOKE ALL ON TABLE "public"."bought_together" FROM "authenticated";

create or replace function private.bought_together_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'bought_together', null::uuid, null::uuid, to_jsonb(counted), to_jsonb(known)
  from (
    select pair.product_id, pair.other_id, count(*)::integer as orders
    from private.order_pairs as pair
    join public.orders on orders.id = pair.order_id
    where orders.placed_at is not null
      and not exists (select from private.unpaired_orders as unpaired where unpaired.order_id = pair.order_id)
    group by 1, 2
  ) as counted
  full join public.bought_together as known using (product_id, other_id)
  where counted.orders is distinct from known.orders
$$;

create or replace function private.count_pairs(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  v_orders uuid[];
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the maintenance job of the shop counts.');
  end if;
  -- A second server finds the job running and leaves it alone.
  if not pg_try_advisory_xact_lock(hashtextextended('onhand.count_pairs', 0)) then
    return 0;
  end if;
  with taken as (
    delete from private.unpaired_orders as unpaired
    where unpaired.order_id in (
      select waiting.order_id from private.unpaired_orders as waiting
      order by waiting.order_id
      limit least(greatest(coalesce(at_most, 200), 1), 1000)
    )
    returning unpaired.order_id
  )
  select coalesce(array_agg(taken.order_id), '{}') into v_orders from taken;
  insert into public.bought_together as known (product_id, other_id, orders)
  select pair.product_id, pair.other_id, count(*)
  from private.order_pairs as pair
  where pair.order_id = any (v_orders)
  group by 1, 2
  order by 1, 2
  on conflict (product_id, other_id) do update set orders = known.orders + excluded.orders;
  return cardinality(v_orders);
end;
$$;

create or replace function private.orders_await_pairs()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.unpaired_orders (order_id) values (new.id) on conflict do nothing;
  return null;
end;
$$;

create or replace function public.count_pairs(at_most integer default 200)
returns integer
language sql
set search_path = ''
as $$
  select private.count_pairs(at_most)
$$;

REVOKE ALL ON FUNCTION "public"."count_pairs"(integer) FROM "anon";

REVOKE ALL ON FUNCTION "public"."count_pairs"(integer) FROM "authenticated";

ALTER TABLE "private"."unpaired_orders" ADD CONSTRAINT "unpaired_orders_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE "public"."bought_together" ADD CONSTRAINT "bought_together_other_id_fkey" FOREIGN KEY (other_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE "public"."bought_together" ADD CONSTRAINT "bought_together_product_id_fkey" FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

create or replace view private.order_pairs with (security_invoker = true) as
with bought as (
  select distinct item.order_id, variants.product_id
  from public.order_items as item
  join public.variants on variants.id = item.variant_id
), first as (
  select bought.*, row_number() over (partition by bought.order_id order by bought.product_id) as place from bought
)
select one.order_id, one.product_id, other.product_id as other_id
from first as one
join first as other on other.order_id = one.order_id and other.product_id <> one.product_id
where one.place <= 20 and other.place <= 20;

CREATE INDEX bought_together_by_other ON public.bought_together USING btree (other_id);

CREATE INDEX bought_together_most ON public.bought_together USING btree (product_id, orders DESC, other_id);

CREATE TRIGGER orders_await_pairs_new AFTER INSERT ON public.orders FOR EACH ROW WHEN ((new.placed_at IS NOT NULL)) EXECUTE FUNCTION private.orders_await_pairs();

CREATE TRIGGER orders_await_pairs AFTER UPDATE OF placed_at ON public.orders FOR EACH ROW WHEN (((old.placed_at IS NULL) AND (new.placed_at IS NOT NULL))) EXECUTE FUNCTION private.orders_await_pairs();

COMMENT ON FUNCTION "private"."bought_together_drift"() IS 'Where two products are said to be in more or fewer orders together than they are.';

COMMENT ON FUNCTION "private"."count_pairs"(integer) IS 'See public.count_pairs.';

COMMENT ON FUNCTION "private"."orders_await_pairs"() IS 'A placed order is counted by the next run of count_pairs.';

COMMENT ON FUNCTION "public"."count_pairs"(integer) IS 'Maintenance job: adds so many placed orders (1 to 1000) to bought_together. Returns their number; call it again while
   it is at_most. Needs no key: an order is counted once. For the secret key and the scheduler. Raises role_required
   (403).';

COMMENT ON TABLE "private"."unpaired_orders" IS 'Placed orders that are not in bought_together yet.';

COMMENT ON TABLE "public"."bought_together" IS 'For two products the number of placed orders with both, cancelled ones too; each pair is there in both directions.
   Kept by count_pairs.';

COMMENT ON VIEW "private"."order_pairs" IS 'The pairs of products in each order. Of an order with more than twenty products those of twenty.';

REVOKE ALL ON FUNCTION "private"."bought_together_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."count_pairs"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."count_pairs"(integer) TO "service_role";

REVOKE ALL ON FUNCTION "private"."orders_await_pairs"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."count_pairs"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."count_pairs"(integer) TO "service_role";

REVOKE ALL ON TABLE "public"."bought_together" FROM "service_role";

GRANT SELECT ON TABLE "public"."bought_together" TO "service_role";

reset check_function_bodies;

-- The orders that were placed before: the job counts them like new ones.
insert into private.unpaired_orders (order_id)
select orders.id from public.orders where orders.placed_at is not null;
