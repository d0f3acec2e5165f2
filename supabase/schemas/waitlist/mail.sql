-- E-mails about the waitlist, in the outbox (schemas/mail). Each has a secret link, of which only the hash is kept once
-- the message is sent. Nobody is told of a unit that is not held for them: a message is checked again before it leaves.

create function private.new_waitlist_link(entry_id bigint)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_token text := private.new_secret();
begin
  insert into private.waitlist_links (token_hash, entry_id)
  values (private.token_hash(v_token), new_waitlist_link.entry_id);
  return v_token;
end;
$$;
comment on function private.new_waitlist_link(bigint) is 'A new secret that opens an entry. Only its hash is kept.';

create function private.owe_waitlist_mail(entry_id bigint, kind public.mail_kind, what text, until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_request text := concat_ws(':', 'waitlist', entry_id, what);
begin
  if exists (select from private.mail where mail.request = v_request) then
    return;
  end if;
  perform private.owe_account_mail(
    owe_waitlist_mail.kind, entry.email, private.new_waitlist_link(entry.id), v_request,
    jsonb_build_object('variant_id', entry.variant_id, 'title', products.title,
      'option_values', variants.option_values, 'offered_until', entry.offered_until),
    until - private.clock()
  )
  from private.waitlist as entry
  join public.variants on variants.id = entry.variant_id
  join public.products on products.id = variants.product_id
  where entry.id = owe_waitlist_mail.entry_id;
end;
$$;
comment on function private.owe_waitlist_mail(bigint, public.mail_kind, text, timestamptz) is
  'Writes a message about an entry, once for what it is about; it is sent until then, or not at all.';

create function private.drop_waitlist_mail()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.mail
  where mail.status = 'waiting' and mail.due_at <= private.clock() and mail.request like 'waitlist:%'
    and not exists (
      select from private.waitlist as entry
      where entry.id = split_part(mail.request, ':', 2)::bigint
        and case mail.kind
          when 'waitlist_confirm' then entry.status = 'unconfirmed'
          else exists (
            select from public.claims where claims.offer_id = entry.id and claims.expires_at > private.clock()
          )
        end
    );
end;
$$;
comment on function private.drop_waitlist_mail() is
  'Deletes messages of the waitlist that are not true any more: of an offer that ended, of an address that is
   confirmed.';
