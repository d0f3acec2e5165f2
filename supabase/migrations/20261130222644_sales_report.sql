set check_function_bodies = off;

create or replace function private.read_sales_report(first_day date, last_day date, step text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_zone text;
begin
  perform private.require_role('viewer');
  if step is null or step not in ('day', 'week', 'month') then
    perform private.refuse(422, 'invalid_input', '{"field": "step"}', 'Choose day, week or month.');
  end if;
  if first_day is null or last_day is null or not isfinite(first_day) or not isfinite(last_day)
    or first_day < '2000-01-01' or last_day >= '2100-01-01' or last_day - first_day not between 0 and 366
  then
    perform private.refuse(422, 'invalid_input', '{"field": "last_day"}', 'Choose at most 366 days.');
  end if;
  select settings.time_zone into strict v_zone from public.shop_settings as settings;
  return (
    with orders as (
      select orders.id, orders.delivery_tax_bp,
        date_trunc(step, orders.placed_at at time zone v_zone)::date as period, sum(item.kept) as units,
        array_agg(item.tax_rate_bp) as rates, array_agg(item.amount) as amounts, array_agg(item.tax) as taxes,
        case when sum(item.kept) > 0 then orders.delivery_minor else 0 end as delivery
      from public.orders
      join lateral (
        select item.tax_rate_bp, own.kept,
          (item.total_minor - item.discount_minor) * own.kept / item.quantity as amount,
          item.tax_minor * own.kept / item.quantity as tax
        from public.order_items as item
        cross join lateral (select item.quantity - item.cancelled - item.returned as kept) as own
        where item.order_id = orders.id
      ) as item on true
      where orders.placed_at >= first_day::timestamp at time zone v_zone
        and orders.placed_at < (last_day + 1)::timestamp at time zone v_zone
      group by orders.id
    ),
    parts as (
      select orders.period, part.rate_bp, sum(part.amount_minor) as amount_minor, sum(part.tax_minor) as tax_minor
      from orders
      cross join lateral private.tax_parts(
        orders.rates, orders.amounts, orders.taxes, orders.delivery, orders.delivery_tax_bp
      ) as part
      group by orders.period, part.rate_bp
    )
    select coalesce(jsonb_agg(to_jsonb(line) order by line.period), '[]')
    from (
      select sums.period, sums.orders, sums.units, sums.delivery_minor, sum(parts.amount_minor) as amount_minor,
        sum(parts.tax_minor) as tax_minor,
        jsonb_agg(to_jsonb(parts) - 'period' order by parts.rate_bp desc) as taxes
      from (
        select orders.period, count(*) filter (where orders.units > 0) as orders, sum(orders.units) as units,
          sum(orders.delivery) as delivery_minor
        from orders group by orders.period
      ) as sums
      join parts using (period)
      group by sums.period, sums.orders, sums.units, sums.delivery_minor
    ) as line
  );
end;
$$;

create or replace function public.read_sales_report(first_day date, last_day date, step text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_sales_report(first_day, last_day, step);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_sales_report"(date, date, text) FROM "anon";

CREATE INDEX orders_by_placed_at ON public.orders USING btree (placed_at) WHERE (placed_at IS NOT NULL);

COMMENT ON FUNCTION "private"."read_sales_report"(date, date, text) IS 'See public.read_sales_report.';

COMMENT ON FUNCTION "public"."read_sales_report"(date, date, text) IS 'Sales and their tax by day, week or month of the shop''s time zone, for staff: [{period (its first day), orders,
   units, delivery_minor, amount_minor, tax_minor, taxes: [{rate_bp, amount_minor, tax_minor}]}]. Orders count on the
   day they were placed, with what they are worth now: without units that were cancelled or returned since. Amounts
   include tax and delivery. At most 366 days. Raises role_required (403), invalid_input (422).';

REVOKE ALL ON FUNCTION "private"."read_sales_report"(date, date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_sales_report"(date, date, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_sales_report"(date, date, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_sales_report"(date, date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_sales_report"(date, date, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_sales_report"(date, date, text) TO "service_role";

reset check_function_bodies;
