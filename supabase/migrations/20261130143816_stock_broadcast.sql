set check_function_bodies = off;

CREATE TABLE "private"."shelf_broadcasts" ("variant_id" uuid NOT NULL, "version" bigint NOT NULL, "sent_at" timestamp with time zone[] NOT NULL, CONSTRAINT "shelf_broadcasts_pkey" PRIMARY KEY (variant_id));

ALTER TABLE "private"."shelf_broadcasts" ENABLE ROW LEVEL SECURITY;

-- One row, and a constant default: nothing is written again.
ALTER TABLE "public"."shop_settings" ADD COLUMN "stock_broadcast" boolean NOT NULL DEFAULT false;

create or replace function private.broadcast_shelf(variant_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if cardinality(variant_ids) > 100 then
    perform private.refuse(422, 'invalid_input', '{"field": "variant_ids", "problem": "more than 100"}',
      'Ask for at most 100 variants at once.');
  end if;
  if private.broadcasts_stock() then
    perform private.send_shelf(variant_ids, 4);
  end if;
end;
$$;

create or replace function private.broadcasts_stock()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select shop_settings.stock_broadcast from public.shop_settings where shop_settings.only_row);
end;
$$;

create or replace function private.read_shelf(product_ids uuid[], variant_ids uuid[])
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_rows jsonb;
begin
  if cardinality(product_ids) + cardinality(variant_ids) > 5000 then
    perform private.refuse(422, 'invalid_input', '{"field": "product_ids", "problem": "more than 5000"}',
      'Read the shelf of at most 5000 products and variants at once.');
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
    'variant_id', found.variant_id, 'product_id', found.product_id, 'band', found.band, 'left', found."left",
    'version', found.version,
    'announced', case when shop_settings.stock_broadcast then sent.version is null or sent.version >= found.version end
  )), '[]')
  into v_rows
  from (
    select shelf.* from public.shelf where shelf.product_id = any (read_shelf.product_ids)
    union
    select shelf.* from public.shelf where shelf.variant_id = any (read_shelf.variant_ids)
  ) as found
  join public.shop_settings on shop_settings.only_row
  left join private.shelf_broadcasts as sent on sent.variant_id = found.variant_id;
  return v_rows;
end;
$$;

create or replace function private.send_shelf(variant_ids uuid[], burst integer)
returns void
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '50ms'
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_row record;
begin
  for v_row in
    with sent as (
      insert into private.shelf_broadcasts as last (variant_id, version, sent_at)
      select shelf.variant_id, shelf.version, array[v_now]
      from public.shelf
      left join private.shelf_broadcasts as known on known.variant_id = shelf.variant_id
      where shelf.variant_id = any (send_shelf.variant_ids)
        and (known.version is null
          or known.version < shelf.version
            and coalesce(known.sent_at[send_shelf.burst] < v_now - interval '1 second', true))
      order by shelf.variant_id
      on conflict (variant_id) do update
      set version = excluded.version, sent_at = (excluded.sent_at || last.sent_at)[:4]
      where last.version < excluded.version
      returning last.variant_id
    )
    select shelf.variant_id, shelf.product_id, shelf.band, shelf."left", shelf.version
    from sent
    join public.shelf on shelf.variant_id = sent.variant_id
  loop
    -- Pages find the others by comparison.
    exit when clock_timestamp() > v_now + interval '100 milliseconds';
    perform realtime.send(
      jsonb_build_object('table', 'shelf', 'commit_timestamp', now(), 'new', to_jsonb(v_row)),
      'changed', 'shelf:' || v_row.product_id, true);
  end loop;
exception
  -- Also a lock that is not free in time: the row is then sent later, or found by comparison.
  when others then
    raise warning 'The stock was not broadcast: %', sqlerrm;
end;
$$;

create or replace function private.shelf_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[];
begin
  if not exists (select from changed) or not private.broadcasts_stock() then
    return null;
  end if;
  v_variants := array(select changed.variant_id from changed limit 101);
  if cardinality(v_variants) <= 100 then
    perform private.send_shelf(v_variants, 3);
  end if;
  return null;
end;
$$;

create or replace function public.broadcast_shelf(variant_ids uuid[])
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.broadcast_shelf(variant_ids)
$$;

REVOKE ALL ON FUNCTION "public"."broadcast_shelf"(uuid[]) FROM "anon";

REVOKE ALL ON FUNCTION "public"."broadcast_shelf"(uuid[]) FROM "authenticated";

ALTER TABLE "private"."shelf_broadcasts" ADD CONSTRAINT "shelf_broadcasts_variant_id_fkey" FOREIGN KEY (variant_id) REFERENCES public.variants(id);

CREATE TRIGGER shelf_changes AFTER UPDATE ON public.shelf REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.shelf_changes();

CREATE POLICY "everyone hears of the shelf" ON "realtime"."messages" FOR SELECT TO "anon", "authenticated" USING (((extension = 'broadcast'::text) AND (( SELECT realtime.topic() AS topic) ~~ 'shelf:%'::text)));

COMMENT ON COLUMN "public"."shop_settings"."stock_broadcast" IS 'Whether shoppers'' pages follow the stock by Broadcast from the database (schemas/stock/broadcast.sql) in place of
   Postgres Changes: for crowds on one product. Open pages change over within seconds. docs/scale.md says when.';

COMMENT ON FUNCTION "private"."broadcast_shelf"(uuid[]) IS 'See public.broadcast_shelf.';

COMMENT ON FUNCTION "private"."broadcasts_stock"() IS 'Whether shoppers'' pages follow the stock by Broadcast.';

COMMENT ON FUNCTION "private"."send_shelf"(uuid[], integer) IS 'Sends {table, commit_timestamp, new} of the given variants on the private channel shelf:<product>: of rows whose
   version was not sent yet and that were sent less than `burst` times in the last second. Never raises. Messages of
   one transaction have one commit_timestamp.';

COMMENT ON FUNCTION "private"."shelf_changes"() IS 'Broadcasts changed rows of the shelf where the shop has it so: at most three times a second a row. The fourth time is
   for the row that the shop''s server asks for. Of a statement that changes more than a hundred rows, as an import may,
   it sends none: that server has those sent that pages look at.';

COMMENT ON FUNCTION "public"."broadcast_shelf"(uuid[]) IS 'Sends the latest row of these variants, where it was held back: a row is broadcast at most four times a second. For
   the shop''s server, at most 100 variants.';

COMMENT ON FUNCTION "public"."read_shelf"(uuid[], uuid[]) IS 'The shelf rows of some products and some variants, each once, in one document: the rows of a table would be cut at
   the Data API''s max_rows. `announced` is null where the shop does not broadcast its stock, and false for a row that
   was held back (schemas/stock/broadcast.sql). For the shop''s server, at most 5000 ids.';

COMMENT ON TABLE "private"."shelf_broadcasts" IS 'Of each variant that was ever broadcast: the version of the shelf that was sent last, and when the last four messages
   were sent, the latest first.';

REVOKE ALL ON FUNCTION "private"."broadcast_shelf"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."broadcast_shelf"(uuid[]) TO "service_role";

REVOKE ALL ON FUNCTION "private"."broadcasts_stock"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."send_shelf"(uuid[], integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."shelf_changes"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."broadcast_shelf"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."broadcast_shelf"(uuid[]) TO "service_role";

reset check_function_bodies;
