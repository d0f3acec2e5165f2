create function private.release_expired_holds(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variants uuid[];
  v_released integer;
begin
  perform private.require_secret_key('This is the clock''s job.');
  -- One overdue order a call: its locks and those of the holds below must be taken in one order, variants last.
  v_released := private.end_overdue_order(v_now);
  if v_released > 0 then
    return v_released;
  end if;

  v_variants := array(
    select distinct overdue.variant_id
    from (
      select claims.variant_id from public.claims
      where claims.expires_at <= v_now and claims.order_item_id is null
      limit release_expired_holds.at_most
    ) as overdue
  );
  perform private.queue_for(v_variants);
  with released as (
    delete from public.claims
    where claims.variant_id = any (v_variants) and claims.expires_at <= v_now and claims.order_item_id is null
    returning claims.quantity
  )
  select coalesce(sum(released.quantity), 0) into v_released from released;
  perform private.release_expired_uses();
  return v_released;
end;
$$;
comment on function private.release_expired_holds(integer) is 'See public.release_expired_holds.';

create function public.release_expired_holds(at_most integer default 200)
returns integer
language plpgsql
set search_path = ''
as $$
begin
  return private.release_expired_holds(at_most);
end;
$$;
comment on function public.release_expired_holds(integer) is
  'A maintenance job: releases the units of expired holds and of one order that was not paid or confirmed in time,
   so that the shelf shows them before the next request. Returns how many units; call again until it is 0. Nothing
   depends on it: a call that needs the units releases them first. For the secret key and the scheduler.';

revoke execute on function
  public.receive_payment_event(text, text), public.sign_sandbox_event(text), public.take_payment(uuid, uuid, text),
  public.unresolved_payments(), public.release_expired_holds(integer)
from public, anon, authenticated;
grant execute on function public.receive_payment_event(text, text), private.receive_payment_event(text, text)
to service_role;
grant execute on function
  public.take_payment(uuid, uuid, text), private.take_payment(uuid, uuid, text),
  public.unresolved_payments(), private.unresolved_payments()
to authenticated, service_role;
grant execute on function
  public.sign_sandbox_event(text), private.sign_sandbox_event(text),
  public.release_expired_holds(integer), private.release_expired_holds(integer)
to service_role;

-- The scheduler runs it where there is one; elsewhere, expired holds are released by the calls that need their units.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
    perform cron.schedule('release-expired-holds', '10 seconds', 'select public.release_expired_holds()');
  end if;
end;
$$;
