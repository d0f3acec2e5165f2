set check_function_bodies = off;

create or replace function private.leave_lines(entries bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- First those that wait: a unit that an offer gives back must not be offered to one of them.
  delete from private.waitlist as entry where entry.id = any (entries) and entry.status in ('unconfirmed', 'waiting');
  delete from public.claims where claims.offer_id = any (entries);
  delete from private.mail
  where mail.request like 'waitlist:%' and split_part(mail.request, ':', 2) = any (entries::text[]);
  delete from private.waitlist as entry where entry.id = any (entries);
end;
$$;

reset check_function_bodies;
