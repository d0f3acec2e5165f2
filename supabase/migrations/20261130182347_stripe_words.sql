-- New values of types alone: a transaction cannot use a value that it adds.
alter type public.payment_provider add value 'stripe';
alter type public.payment_status add value 'authorised';
