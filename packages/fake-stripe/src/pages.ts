import { readFileSync } from 'node:fs'

/** The text of the script in place of Stripe.js. */
export function browserScript(): string {
  return readFileSync(new URL('../browser/stripe.js', import.meta.url), 'utf8')
}

/** The page on which a cardholder confirms a payment, as a bank would show it. */
export function challengePage(intentId: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Confirm the payment</title><style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;margin:3rem auto;max-width:30rem;padding:0 1rem}button{font:inherit;padding:.7rem 1.2rem;margin-right:1rem}</style></head>
<body><h1>Confirm the payment</h1><p>This is a test of a bank’s page. No money moves.</p>
<form method="post" action="/challenge/${intentId}"><button name="result" value="pass">Confirm payment</button><button name="result" value="fail">Do not confirm</button></form></body></html>`
}
