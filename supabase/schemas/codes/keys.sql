create function private.gtin_check_digit(digits text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select ((10 - sum(digit::integer * case when place % 2 = 1 then 3 else 1 end) % 10) % 10)::text
  from string_to_table(digits, null) with ordinality as each (digit, place)
$$;
comment on function private.gtin_check_digit(text) is
  'The check digit of the 13 digits before it. Source: GS1 General Specifications, section 7.9.';

create function private.modulo_11(digits text)
returns integer
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select (sum(case digit when 'x' then 10 else digit::integer end * (length(digits) + 1 - place)) % 11)::integer
  from string_to_table(digits, null) with ordinality as each (digit, place)
$$;
comment on function private.modulo_11(text) is
  'The weighted sum of an ISBN-10 or ISSN (digits, the last may be x) modulo 11; 0 when its check digit is right.';

create function private.code_key(code text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_clean text := lower(trim(regexp_replace(regexp_replace(normalize(code, nfkc),
    '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f'
      || '\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]', '', 'g'),
    '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g')));
  v_digits text := replace(v_clean, ' ', '');
begin
  if v_digits ~ '^\d+$' and length(v_digits) in (8, 12, 13, 14) then
    v_digits := lpad(v_digits, 14, '0');
    return case private.gtin_check_digit(left(v_digits, 13)) when right(v_digits, 1) then v_digits else v_clean end;
  end if;
  v_digits := replace(v_digits, '-', '');
  if v_digits ~ '^97[89]\d{10}$' and private.gtin_check_digit('0' || left(v_digits, 12)) = right(v_digits, 1) then
    return '0' || v_digits;
  end if;
  if v_digits ~ '^\d{9}[\dx]$' and private.modulo_11(v_digits) = 0 then
    v_digits := '0978' || left(v_digits, 9);
    return v_digits || private.gtin_check_digit(v_digits);
  end if;
  if v_clean ~ '^\d{4}-\d{3}[\dx]$' and private.modulo_11(v_digits) = 0 then
    v_digits := '0977' || left(v_digits, 7) || '00';
    return v_digits || private.gtin_check_digit(v_digits);
  end if;
  return v_clean;
end;
$$;
comment on function private.code_key(text) is
  'The form in which SKUs, barcodes and scanned codes are compared: a GTIN, ISBN or ISSN as its 14 digits, everything
   else in lower case without invisible characters. The same rule as lib/domain/codes; tests/support/codes.ts holds both
   to it.';
revoke execute on function private.gtin_check_digit(text), private.modulo_11(text), private.code_key(text) from public;
grant execute on function private.gtin_check_digit(text), private.modulo_11(text), private.code_key(text)
  to authenticated, service_role;
