-- Heartbeats: every few seconds each server of the shop writes its row and hears of it through Realtime, as pages hear
-- of stock. A server that does not hear its heartbeat reports that it is not ready (lib/server/health).

create table public.heartbeats (
  server uuid primary key,
  number bigint not null check (number >= 0),
  beaten_at timestamptz not null default private.clock()
);
comment on table public.heartbeats is
  'One row per running server of the shop. Read and followed by the secret key alone; written by public.beat.';
comment on column public.heartbeats.number is 'Which heartbeat of this server it is: it only grows.';
create index heartbeats_by_age on public.heartbeats (beaten_at);
alter table public.heartbeats enable row level security;
revoke all on public.heartbeats from anon, authenticated, service_role;
grant select on public.heartbeats to service_role;
alter publication supabase_realtime add table public.heartbeats;

create table private.inventory_checks (
  only_row boolean primary key default true check (only_row),
  checked_at timestamptz not null default '-infinity',
  differences integer not null default 0 check (differences >= 0)
);
comment on table private.inventory_checks is
  'One row: when the servers last compared every aggregate with its ledger, and how many rows differed.';
insert into private.inventory_checks default values;
alter table private.inventory_checks enable row level security;

insert into private.retention_rules (kind, keep, target, age) values
  ('heartbeats', '1 day', 'public.heartbeats', 'beaten_at');

create function private.beat(server uuid, number bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_now timestamptz := private.clock();
begin
  perform private.require_secret_key('Only the shop''s server has a heartbeat.');
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
comment on function private.beat(uuid, bigint) is 'See public.beat.';

create function public.beat(server uuid, number bigint)
returns jsonb
language sql
set search_path = ''
as $$
  select private.beat(server, number)
$$;
comment on function public.beat(uuid, bigint) is
  'Writes the heartbeat of a server, and returns what the shop''s operator has to know: {schema, mail_waiting_seconds
   (age of the oldest unsent e-mail), payment_overdue_seconds (since the oldest deadline that was not acted on),
   inventory_checked_seconds, inventory_differences}; NULL where there is nothing. For the secret key alone. Raises
   role_required (403), invalid_input (422).';

create function private.check_inventory()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_due boolean;
begin
  perform private.require_secret_key('Only the shop''s server checks the inventory.');
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
comment on function private.check_inventory() is 'See public.check_inventory.';

create function public.check_inventory()
returns integer
language sql
set search_path = ''
as $$
  select private.check_inventory()
$$;
comment on function public.check_inventory() is
  'Compares every aggregate with its ledger, unless a server did in the last four minutes, and returns how many rows
   differ: 0, always. For the secret key alone. Raises role_required (403).';

revoke execute on function public.beat(uuid, bigint), public.check_inventory() from public, anon, authenticated;
grant execute on function public.beat(uuid, bigint), private.beat(uuid, bigint),
  public.check_inventory(), private.check_inventory() to service_role;
