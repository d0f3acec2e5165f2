set check_function_bodies = off;

CREATE TABLE "private"."inventory_checks" ("only_row" boolean NOT NULL DEFAULT true, "checked_at" timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone, "differences" integer NOT NULL DEFAULT 0, CONSTRAINT "inventory_checks_differences_check" CHECK ((differences >= 0)), CONSTRAINT "inventory_checks_only_row_check" CHECK (only_row), CONSTRAINT "inventory_checks_pkey" PRIMARY KEY (only_row));
insert into private.inventory_checks default values;

ALTER TABLE "private"."inventory_checks" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."heartbeats" ("server" uuid NOT NULL, "number" bigint NOT NULL, CONSTRAINT "heartbeats_number_check" CHECK ((number >= 0)), CONSTRAINT "heartbeats_pkey" PRIMARY KEY (server), "beaten_at" timestamp with time zone NOT NULL DEFAULT private.clock());

ALTER TABLE "public"."heartbeats" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."heartbeats" FROM "anon";

REVOKE ALL ON TABLE "public"."heartbeats" FROM "authenticated";

create or replace function private.beat(server uuid, number bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_now timestamptz := private.clock();
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "shop"}', 'Only the shop''s server has a heartbeat.');
  end if;
  if beat.server is null or beat.number is null or beat.number < 0 then
    perform private.refuse(422, 'invalid_input', '{"field": "number"}', 'Send the server''s id and a number from 0.');
  end if;
  insert into public.heartbeats as known (server, number, beaten_at)
  values (beat.server, beat.number, v_now)
  on conflict on constraint heartbeats_pkey do update
  set number = greatest(known.number, excluded.number), beaten_at = v_now;
  return jsonb_build_object(
    'schema', private.schema_version(),
    'mail_waiting_seconds', (
      select extract(epoch from v_now - min(mail.created_at))::bigint from private.mail where mail.status = 'waiting'
    ),
    'payment_overdue_seconds', (
      select extract(epoch from v_now - min(payment.deadline))::bigint
      from public.payments as payment
      where payment.status in ('due', 'pending', 'declined') and payment.deadline < v_now
    ),
    'inventory_checked_seconds', (
      select extract(epoch from v_now - done.checked_at)::bigint
      from private.inventory_checks as done where isfinite(done.checked_at)
    ),
    'inventory_differences', (select done.differences from private.inventory_checks as done)
  );
end;
$$;

create or replace function private.check_inventory()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_due boolean;
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "shop"}', 'Only the shop''s server checks the inventory.');
  end if;
  -- One server at a time; the others find that it was done.
  select done.checked_at <= private.clock() - interval '4 minutes' into v_due
  from private.inventory_checks as done for update skip locked;
  if v_due then
    update private.inventory_checks
    set checked_at = private.clock(), differences = (select count(*) from private.inventory_drift());
  end if;
  return (select done.differences from private.inventory_checks as done);
end;
$$;

create or replace function public.beat(server uuid, number bigint)
returns jsonb
language sql
set search_path = ''
as $$
  select private.beat(server, number)
$$;

REVOKE ALL ON FUNCTION "public"."beat"(uuid, bigint) FROM "anon";

REVOKE ALL ON FUNCTION "public"."beat"(uuid, bigint) FROM "authenticated";

create or replace function public.check_inventory()
returns integer
language sql
set search_path = ''
as $$
  select private.check_inventory()
$$;

REVOKE ALL ON FUNCTION "public"."check_inventory"() FROM "anon";

REVOKE ALL ON FUNCTION "public"."check_inventory"() FROM "authenticated";

ALTER PUBLICATION "supabase_realtime" ADD TABLE "public"."heartbeats";

COMMENT ON COLUMN "public"."heartbeats"."number" IS 'Which heartbeat of this server it is: it only grows.';

COMMENT ON FUNCTION "private"."beat"(uuid, bigint) IS 'See public.beat.';

COMMENT ON FUNCTION "private"."check_inventory"() IS 'See public.check_inventory.';

COMMENT ON FUNCTION "public"."beat"(uuid, bigint) IS 'Writes the heartbeat of a server, and returns what the shop''s operator has to know: {schema, mail_waiting_seconds
   (age of the oldest unsent e-mail), payment_overdue_seconds (since the oldest deadline that was not acted on),
   inventory_checked_seconds, inventory_differences}; NULL where there is nothing. For the secret key alone. Raises
   role_required (403), invalid_input (422).';

COMMENT ON FUNCTION "public"."check_inventory"() IS 'Compares every aggregate with its ledger, unless a server did in the last four minutes, and returns how many rows
   differ: 0, always. For the secret key alone. Raises role_required (403).';

COMMENT ON TABLE "private"."inventory_checks" IS 'One row: when the servers last compared every aggregate with its ledger, and how many rows differed.';

COMMENT ON TABLE "public"."heartbeats" IS 'One row per running server of the shop. Read and followed by the secret key alone; written by public.beat.';

REVOKE ALL ON FUNCTION "private"."beat"(uuid, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."beat"(uuid, bigint) TO "service_role";

REVOKE ALL ON FUNCTION "private"."check_inventory"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."check_inventory"() TO "service_role";

REVOKE ALL ON FUNCTION "public"."beat"(uuid, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."beat"(uuid, bigint) TO "service_role";

REVOKE ALL ON FUNCTION "public"."check_inventory"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."check_inventory"() TO "service_role";

REVOKE ALL ON TABLE "public"."heartbeats" FROM "service_role";

GRANT SELECT ON TABLE "public"."heartbeats" TO "service_role";

CREATE INDEX heartbeats_by_age ON public.heartbeats USING btree (beaten_at);

insert into private.retention_rules (kind, keep, target, age) values
  ('heartbeats', '1 day', 'public.heartbeats', 'beaten_at');

reset check_function_bodies;
