-- Limits: how much one guest, one account and one network may do. The numbers are rows, so that a shop can change them
-- without changing code; each is enforced beside the operation it limits. A shopper with normal habits meets none.

create table private.shop_limits (
  only_row boolean primary key default true check (only_row),
  hold_time interval not null default '10 minutes' check (hold_time between '1 minute' and '2 hours'),
  hold_cap interval not null default '30 minutes' check (hold_cap between hold_time and interval '1 day'),
  hold_pause interval not null default '15 minutes' check (hold_pause between '0' and interval '1 day'),
  cart_lines integer not null default 50 check (cart_lines between 1 and 500),
  cart_units integer not null default 200 check (cart_units between 1 and 10000),
  network_free_units integer not null default 20 check (network_free_units >= 1),
  network_share_bp integer not null default 2500 check (network_share_bp between 1 and 10000),
  guest_share_bp integer not null default 5000 check (guest_share_bp between 1 and 10000),
  unpaid_for interval not null default '3 days' check (unpaid_for between '1 hour' and interval '60 days'),
  unpaid_minor bigint not null default 50000 check (unpaid_minor >= 0),
  unpaid_orders integer not null default 5 check (unpaid_orders >= 0)
);
comment on table private.shop_limits is 'One row: the limits of holds and of unpaid orders.';
comment on column private.shop_limits.hold_time is 'How long a hold lasts from the last sign of life.';
comment on column private.shop_limits.hold_cap is
  'How long one holder can hold the same variant, however often the hold is extended.';
comment on column private.shop_limits.hold_pause is
  'How long a holder who used up hold_cap waits before holding the same variant again.';
comment on column private.shop_limits.cart_lines is 'Lines in one cart at most.';
comment on column private.shop_limits.cart_units is 'Units in one cart at most.';
comment on column private.shop_limits.network_free_units is
  'Units of one variant that the guests of one network can always hold together.';
comment on column private.shop_limits.network_share_bp is
  'Beyond network_free_units: the share of a variant''s units on hand that the guests of one network can hold together,
   in basis points.';
comment on column private.shop_limits.guest_share_bp is
  'The share of all units on hand in the shop that the guests of one network can hold or have in unpaid orders, in basis
   points.';
comment on column private.shop_limits.unpaid_for is
  'How long an order paid on collection keeps its units unless it is confirmed.';
comment on column private.shop_limits.unpaid_minor is
  'An unpaid order above this total needs a confirmed e-mail address or a proof of work. Minor units.';
comment on column private.shop_limits.unpaid_orders is
  'More open unpaid orders than this from one network or one guest need a confirmed e-mail address or a proof of work.';
insert into private.shop_limits default values;
alter table private.shop_limits enable row level security;
