-- The return policy: how long and at whose cost a buyer may send items back. Pages and search engines say it.

alter table public.shop_settings
  add column return_days integer not null default 0 check (return_days between 0 and 365),
  add column return_fees text not null default 'buyer' check (return_fees in ('free', 'buyer'));
comment on column public.shop_settings.return_days is 'Days after arrival; 0: the shop states no return policy.';
comment on column public.shop_settings.return_fees is 'Whether the shop or the buyer pays for sending items back.';
