-- The realtime schema as a Supabase database has it before the first migration: the table behind database broadcasts
-- and private channels, and the functions migrations call. Runs as a superuser after the roles exist; may run again.

create schema if not exists realtime;
grant usage on schema realtime to postgres with grant option;
grant usage on schema realtime to anon, authenticated, service_role;
grant all on schema realtime to supabase_realtime_admin;

create table if not exists realtime.messages (
  id uuid not null default gen_random_uuid(),
  topic text not null,
  extension text not null,
  event text,
  payload jsonb,
  binary_payload bytea,
  private boolean default false,
  inserted_at timestamp without time zone not null default now(),
  updated_at timestamp without time zone not null default now(),
  primary key (id, inserted_at),
  constraint messages_one_payload check (num_nonnulls(payload, binary_payload) <= 1)
) partition by range (inserted_at);
comment on table realtime.messages is
  'Broadcasts sent from SQL, kept three days in daily partitions. Its policies decide who may join private channels.';

create index if not exists messages_inserted_at_topic_index
  on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;

alter table realtime.messages enable row level security;
alter table realtime.messages owner to supabase_realtime_admin;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;
grant all on realtime.messages to postgres;
-- Migrations run as postgres create policies here, which only a member of the owner may do.
grant supabase_realtime_admin to postgres;

create or replace function realtime.topic() returns text
language sql stable
as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;
comment on function realtime.topic() is 'The channel being authorised, without "realtime:"; null outside of a check.';

create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void
language plpgsql
as $$
declare
  v_id uuid := gen_random_uuid();
  v_payload jsonb := send.payload;
begin
  if jsonb_typeof(v_payload) = 'object' and not v_payload ? 'id' then
    v_payload := jsonb_set(v_payload, '{id}', to_jsonb(v_id));
  elsif jsonb_typeof(v_payload) <> 'object' then
    raise exception 'payload must be a JSON object';
  end if;
  perform set_config('realtime.topic', send.topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (v_id, v_payload, send.event, send.topic, send.private, 'broadcast');
exception
  when others then
    raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end;
$$;
comment on function realtime.send(jsonb, text, text, boolean) is
  'Broadcasts an object to a channel when the transaction commits. Never raises: a failure is a warning.';

create or replace function realtime.send_binary(payload bytea, event text, topic text, private boolean default true)
returns void
language plpgsql
as $$
begin
  perform set_config('realtime.topic', send_binary.topic, true);
  insert into realtime.messages (binary_payload, event, topic, private, extension)
  values (send_binary.payload, send_binary.event, send_binary.topic, send_binary.private, 'broadcast');
exception
  when others then
    raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end;
$$;
comment on function realtime.send_binary(bytea, text, text, boolean) is
  'Broadcasts bytes to a channel when the transaction commits. Never raises: a failure is a warning.';

create or replace function realtime.broadcast_changes(
  topic_name text,
  event_name text,
  operation text,
  table_name text,
  table_schema text,
  new record,
  old record,
  level text default 'ROW'
) returns void
language plpgsql
as $$
declare
  v_record jsonb;
  v_old_record jsonb;
begin
  if broadcast_changes.level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if broadcast_changes.operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation type: %', broadcast_changes.operation;
  end if;
  if broadcast_changes.operation <> 'DELETE' then
    v_record := to_jsonb(broadcast_changes.new);
  end if;
  if broadcast_changes.operation <> 'INSERT' then
    v_old_record := to_jsonb(broadcast_changes.old);
  end if;
  perform realtime.send(
    jsonb_build_object(
      'operation', broadcast_changes.operation,
      'schema', broadcast_changes.table_schema,
      'table', broadcast_changes.table_name,
      'record', v_record,
      'old_record', v_old_record
    ),
    broadcast_changes.event_name,
    broadcast_changes.topic_name
  );
exception
  when others then
    raise exception 'Failed to process the row: %', sqlerrm;
end;
$$;
comment on function realtime.broadcast_changes(text, text, text, text, text, record, record, text) is
  'For row triggers: broadcasts the change of a row to a private channel. Raises on statement level and on TRUNCATE.';

create or replace function realtime.visible_rows(query text, row_keys jsonb, readers jsonb)
returns table (reader integer, row_index integer)
language plpgsql
as $$
declare
  v_reader integer;
  v_row integer;
begin
  for v_reader in 0 .. jsonb_array_length(visible_rows.readers) - 1 loop
    reader := v_reader;
    begin
      perform set_config('request.jwt.claims', visible_rows.readers -> v_reader ->> 'claims', true);
      perform set_config('role', visible_rows.readers -> v_reader ->> 'role', true);
      for row_index in execute visible_rows.query using visible_rows.row_keys loop
        return next;
      end loop;
      perform set_config('role', 'none', true);
    exception
      when others then
        -- The block's settings are undone with it. One row's trouble must not hide the others.
        for v_row in 0 .. jsonb_array_length(visible_rows.row_keys) - 1 loop
          begin
            perform set_config('request.jwt.claims', visible_rows.readers -> v_reader ->> 'claims', true);
            perform set_config('role', visible_rows.readers -> v_reader ->> 'role', true);
            execute visible_rows.query into row_index using jsonb_build_array(visible_rows.row_keys -> v_row);
            perform set_config('role', 'none', true);
            if row_index is not null then
              row_index := v_row;
              return next;
            end if;
          exception
            when others then
              continue;
          end;
        end loop;
    end;
  end loop;
end;
$$;
revoke all on function realtime.visible_rows(text, jsonb, jsonb) from public;
comment on function realtime.visible_rows(text, jsonb, jsonb) is
  'For the Realtime server: runs a query of row keys as each reader (role, claims) and returns what each may see.';
