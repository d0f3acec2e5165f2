-- E-mails about accounts: the links of Auth, by its Send-Email hook, and the invitations of staff. Their links are
-- secrets, so a message forgets its address and its link when it is settled. Refusals: role_required, invalid_input.

create function private.owe_account_mail(
  kind public.mail_kind, recipient text, token text, request text, about jsonb, life interval
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  insert into private.mail (kind, account, request, ends_at)
  values (
    owe_account_mail.kind,
    about || jsonb_build_object('to', recipient, 'token', token),
    owe_account_mail.request, private.clock() + life
  )
  on conflict on constraint mail_request_key do nothing;
  return found;
end;
$$;
comment on function private.owe_account_mail(public.mail_kind, text, text, text, jsonb, interval) is
  'Writes a message about an account, once for a request. about: the other facts of its text. Returns whether it is
   new.';

create function private.queue_auth_mail(kind text, recipient text, token text, request text, new_address text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_field text := case
    when kind is null or kind not in ('confirm_address', 'reset_password', 'change_address') then 'kind'
    when recipient is null or length(recipient) > 254 or recipient !~ '^[^\s@]+@[^\s@]+$' then 'recipient'
    when token is null or token !~ '^[\w-]{16,200}$' then 'token'
    when request is null or length(request) not between 1 and 120 then 'request'
    when length(new_address) > 254 or new_address !~ '^[^\s@]+@[^\s@]+$' then 'new_address'
  end;
begin
  perform private.require_secret_key('Only the shop''s server sends e-mails.');
  if v_field is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_field, 'problem', 'not as described'),
      'See public.queue_auth_mail.');
  end if;
  return private.owe_account_mail(kind::public.mail_kind, recipient, token, request,
    jsonb_strip_nulls(jsonb_build_object('new_address', new_address)), interval '1 hour');
end;
$$;
comment on function private.queue_auth_mail(text, text, text, text, text) is 'See public.queue_auth_mail.';

create function public.queue_auth_mail(
  kind text, recipient text, token text, request text, new_address text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.queue_auth_mail(kind, recipient, token, request, new_address);
end;
$$;
comment on function public.queue_auth_mail(text, text, text, text, text) is
  'Owes an e-mail of Auth for an hour. kind: confirm_address, reset_password or change_address; token: the hash of
   Auth''s link, 16 to 200 characters; request: the id of the hook''s call, 1 to 120 characters; new_address: of a
   change.
   Returns false when the request was queued before. For the secret key. Raises role_required (403),
   invalid_input (422).';

revoke execute on function public.queue_auth_mail(text, text, text, text, text) from public, anon, authenticated;
grant execute on function public.queue_auth_mail(text, text, text, text, text),
  private.queue_auth_mail(text, text, text, text, text) to service_role;
