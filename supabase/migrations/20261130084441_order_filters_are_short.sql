set check_function_bodies = off;

create or replace function private.check_order_filter(network text, email text, since timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if num_nonnulls(network, email, since) = 0 then
    perform private.refuse(422, 'invalid_input', '{"field": "filter", "problem": "missing"}', 'Name a network, an e-mail address or a time.');
  end if;
  if length(network) > 64 or length(email) > 254 then
    perform private.refuse(422, 'invalid_input', '{"field": "filter", "problem": "too long"}',
      'A network has 32 characters, an e-mail address at most 254.');
  end if;
end;
$$;

COMMENT ON FUNCTION "private"."check_order_filter"(text, text, timestamp with time zone) IS 'A filter that names some orders, in text short enough for the audit trail. Raises invalid_input (422).';

reset check_function_bodies;
