set check_function_bodies = off;

create or replace function private.limit_wait(until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform set_config(
    'lock_timeout', greatest(1, ceil(1000 * extract(epoch from until - clock_timestamp())))::text || 'ms', true
  );
end;
$$;

create or replace function private.queue_for_free(variant_ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_until timestamptz;
  v_share interval := interval '1 second' / greatest(cardinality(variant_ids), 1);
  v_variant uuid;
  v_free uuid[] := '{}';
  v_locked uuid[] := '{}';
begin
  begin
    perform private.queue_for(variant_ids);
    return '{}';
  exception when lock_not_available then
    null;
  end;
  -- One of them is not free. The gates, then the rows, each in the order of queue_for. Each variant gets its share of
  -- a second, and the time that earlier ones did not need.
  v_until := clock_timestamp();
  for v_variant in
    select asked.id from unnest(variant_ids) as asked (id) order by uuid_hash_extended(asked.id, 0)
  loop
    v_until := v_until + v_share;
    if private.try_gate(uuid_hash_extended(v_variant, 0), v_until) then
      v_free := v_free || v_variant;
    end if;
  end loop;
  v_until := clock_timestamp();
  foreach v_variant in array array(select asked.id from unnest(v_free) as asked (id) order by 1) loop
    v_until := v_until + v_share;
    if not private.try_variant(v_variant, v_until) then
      v_locked := v_locked || v_variant;
    end if;
  end loop;
  return array(select asked.id from unnest(variant_ids) as asked (id) where asked.id <> all (v_free)) || v_locked;
end;
$$;

COMMENT ON FUNCTION "private"."limit_wait"(timestamp with time zone) IS 'Until the calling function ends, a lock is waited for until then, and hardly at all once the time is up.
   The caller sets lock_timeout itself, so that its own caller''s comes back.';

COMMENT ON FUNCTION "private"."try_gate"(bigint, timestamp with time zone) IS 'Takes an advisory lock if it becomes free in time.';

COMMENT ON FUNCTION "private"."try_variant"(uuid, timestamp with time zone) IS 'private.lock_variants for one, if it becomes free in time.';

reset check_function_bodies;
