set check_function_bodies = off;

create or replace function private.mail_kind_of(event public.order_events)
returns public.mail_kind
language plpgsql
stable
set search_path = ''
as $$
begin
  case event.kind
    when 'placed' then return 'order_placed';
    when 'cancelled' then return 'order_cancelled';
    when 'rest_cancelled' then return 'order_reduced';
    when 'refunded' then return 'order_refunded';
    when 'payment_declined' then return 'payment_declined';
    when 'short' then
      return case when (event.detail ->> 'cancelled')::integer > 0 then 'order_reduced' end;
    when 'picked' then
      return (select 'order_ready' from public.orders
        where orders.id = event.order_id and orders.delivery = 'collection');
    when 'handed_over' then
      return (select 'order_sent' from public.orders
        where orders.id = event.order_id and orders.delivery = 'delivery');
    else return null;
  end case;
end;
$$;

COMMENT ON FUNCTION "private"."mail_kind_of"(public.order_events) IS 'The e-mail that an event causes; NULL for none. A customer at the counter gets no e-mail about it.';

REVOKE ALL ON FUNCTION "private"."mail_kind_of"(public.order_events) FROM PUBLIC;

reset check_function_bodies;
