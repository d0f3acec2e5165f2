create function private.believed_network(network text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return case when network ~ '^[0-9a-f]{32}$' and private.is_trusted() then network end;
end;
$$;
comment on function private.believed_network(text) is
  'The network a request names, where the shop''s server sends it; NULL from everybody else, and for what is no such
   hash.';

create function private.subject_of(token_hash bytea, user_id uuid)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce('u:' || user_id, 'g:' || encode(token_hash, 'hex'));
end;
$$;
comment on function private.subject_of(bytea, uuid) is 'The subject of an account, or of a guest.';

-- Rates -----------------------------------------------------------------------------------------------------------

create function private.spend(kind text, subject text, at_most integer, per interval)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_since timestamptz;
begin
  insert into private.spendings as spending (kind, subject, spent, since)
  values (spend.kind, spend.subject, 1, v_now)
  on conflict on constraint spendings_pkey do update
  set spent = case when v_now - spending.since between interval '0' and spend.per then spending.spent + 1 else 1 end,
    since = case when v_now - spending.since between interval '0' and spend.per then spending.since else v_now end
  where spending.spent < spend.at_most or v_now - spending.since not between interval '0' and spend.per
  returning spending.since into v_since;
  if found then
    return;
  end if;
  select spending.since into v_since
  from private.spendings as spending
  where spending.kind = spend.kind and spending.subject = spend.subject;
  perform private.refuse(private.too_many(v_since + spend.per - v_now));
end;
$$;
comment on function private.spend(text, text, integer, interval) is
  'Counts a request of a subject. Raises too_many_requests (429) beyond at_most in a window of this length. The row
   is locked until the transaction ends: take the subjects of one call in ascending order.';

create function private.too_many(wait interval)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(429, 'too_many_requests',
    jsonb_build_object(
      'retry_after_seconds', greatest(1, ceil(extract(epoch from coalesce(wait, interval '1 second')))::integer)
    ),
    'Wait so many seconds, then try again.')
$$;
comment on function private.too_many(interval) is 'The refusal of a caller who asks too often.';

create function private.refused_callers(kind text, subjects text[], networks text[])
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz;
  v_all text[] := refused_callers.subjects || array(
    select 'n:' || named.network from unnest(refused_callers.networks) as named (network)
  );
begin
  -- Nearly always nobody is refused, which two look-ups by index say.
  if not exists (select from private.blocks where blocks.subject = any (v_all)) and not exists (
    select from private.spendings as spending
    join private.rates as rate on rate.kind = refused_callers.kind and spending.spent >= least(rate.guest, rate.network)
    where spending.kind = refused_callers.kind and spending.subject = any (v_all)
  ) then
    return '{}';
  end if;
  v_now := private.clock();
  return (
    select coalesce(jsonb_object_agg(asked.n, asked.refusal), '{}')
    from (
      select caller.n, case
        when exists (select from private.blocks
          where blocks.subject in (caller.subject, 'n:' || caller.network)
            and coalesce(blocks.expires_at > v_now, true))
          then private.refusal(
            403, 'blocked', '{}', 'The shop does not serve this caller. A manager can end the block.'
          )
        when spending.ends > v_now then private.too_many(spending.ends - v_now)
      end as refusal
      from private.rates as rate
      cross join unnest(
        refused_callers.subjects, refused_callers.networks
      ) with ordinality as caller (subject, network, n)
      cross join lateral (
        select max(spending.since + rate.per) as ends
        from private.spendings as spending
        where spending.kind = rate.kind
          and spending.subject in (caller.subject, 'n:' || caller.network)
          and spending.spent >= case when spending.subject like 'n:%' then rate.network else rate.guest end
          and spending.since <= v_now
      ) as spending
      where rate.kind = refused_callers.kind
    ) as asked
    where asked.refusal is not null
  );
end;
$$;
comment on function private.refused_callers(text, text[], text[]) is
  'For a call with requests of many: which of them are refused, by n, because the subject or the network in the n-th
   place is blocked or asked too often. Locks and counts nothing: private.count_callers does, last.';

create function private.turned_away(kind text, subjects text[], networks text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_refused jsonb := private.refused_callers(turned_away.kind, turned_away.subjects, turned_away.networks);
begin
  if v_refused = '{}' then
    return v_refused;
  end if;
  return (
    select jsonb_object_agg(each.key, jsonb_build_object('refused', each.value)) from jsonb_each(v_refused) as each
  );
end;
$$;
comment on function private.turned_away(text, text[], text[]) is
  'refused_callers as answers by n: {n: {"refused": …}}.';

create function private.count_callers(kind text, subjects text[], networks text[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := private.clock();
  v_begun timestamptz := v_now - (select rate.per from private.rates as rate where rate.kind = count_callers.kind);
begin
  if cardinality(subjects) = 1 and subjects[1] is not null and networks[1] is null then
    insert into private.spendings as spending (kind, subject, spent, since)
    values (count_callers.kind, subjects[1], 1, v_now)
    on conflict on constraint spendings_pkey do update
    set spent = case when spending.since between v_begun and v_now then spending.spent else 0 end + 1,
      since = case when spending.since between v_begun and v_now then spending.since else v_now end;
    return;
  end if;
  insert into private.spendings as spending (kind, subject, spent, since)
  select count_callers.kind, caller.subject, count(*), v_now
  from (
    select unnest(count_callers.subjects) as subject
    union all
    select 'n:' || named.network from unnest(count_callers.networks) as named (network)
  ) as caller
  where caller.subject is not null
  group by caller.subject
  order by caller.subject
  on conflict on constraint spendings_pkey do update
  set spent = case when spending.since between v_begun and v_now then spending.spent else 0 end + excluded.spent,
    since = case when spending.since between v_begun and v_now then spending.since else v_now end;
end;
$$;
comment on function private.count_callers(text, text[], text[]) is
  'Counts the requests of one call. Comes last in its transaction, subjects ascending, so that no caller waits for the
   locks of another caller of the same network.';

create function private.count_own(kind text, guest text, network text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.count_callers(
    kind, array[private.subject_of(case when auth.uid() is null then private.token_hash(guest) end, auth.uid())],
    array[network]
  );
end;
$$;
comment on function private.count_own(text, text, text) is
  'Counts a refused request of the caller: an account, or the guest with this token. Raises invalid_input (422) without
   either.';

create function private.check_caller(kind text, subject text, network text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_refused jsonb := private.refused_callers(
    check_caller.kind, array[check_caller.subject], array[check_caller.network]
  );
begin
  if v_refused <> '{}' then
    perform private.refuse(v_refused -> '1');
  end if;
end;
$$;
comment on function private.check_caller(text, text, text) is
  'refused_callers for one; raises what it answers: blocked (403), too_many_requests (429).';

create function private.take_turn(kind text, guest text, network text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_rate private.rates;
  v_subject text := case
    when guest is null then 'u:' || auth.uid()
    when pg_input_is_valid(guest, 'uuid') then 'u:' || guest::uuid
    else 'g:' || encode(private.token_hash(guest), 'hex')
  end;
begin
  select * into v_rate from private.rates where rates.kind = take_turn.kind;
  if not found then
    perform private.refuse(422, 'invalid_input', '{"field": "kind", "problem": "unknown"}', 'See private.rates.');
  end if;
  perform private.check_caller(kind, v_subject, private.believed_network(network));
  if v_subject is not null then
    perform private.spend(kind, v_subject, v_rate.guest, v_rate.per);
  end if;
  if private.believed_network(network) is not null then
    perform private.spend(kind, 'n:' || network, v_rate.network, v_rate.per);
  end if;
  return true;
end;
$$;
comment on function private.take_turn(text, text, text) is 'See public.take_turn.';

create function public.take_turn(kind text, guest text default null, network text default null)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.take_turn(kind, guest, network);
end;
$$;
comment on function public.take_turn(text, text, text) is
  'For the shop''s server, at each entry point: counts a request of a kind (private.rates) for a guest, by their
   token, an account, by its id, and a network. Returns true. Raises blocked (403), too_many_requests (429,
   retry_after_seconds), invalid_input (422).';

revoke execute on function public.take_turn(text, text, text) from public, anon, authenticated;
grant execute on function public.take_turn(text, text, text), private.take_turn(text, text, text) to service_role;
