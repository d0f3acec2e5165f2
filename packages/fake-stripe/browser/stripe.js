// In place of Stripe.js: the few members that a page with a Payment Element uses. The real one draws its fields in a frame
// of Stripe's, where the page cannot read them; this one draws them in the page and is for test cards only.
const apiUrl = new URL(document.currentScript.src).origin
const fieldStyle =
  'font:inherit;color:inherit;background:transparent;border:1px solid currentColor;border-radius:.5rem;padding:.7rem;width:100%'
const fields = [
  ['fake-card-number', 'Card number', ''],
  ['fake-card-expiry', 'Expiry date', '12 / 34'],
  ['fake-card-code', 'Security code', '123'],
]

function drawFields(place) {
  const note = document.createElement('p')
  note.textContent =
    'Test cards only: 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined, 4000 0025 0000 3155 asks for a confirmation.'
  const labels = fields.map(([name, words, placeholder]) => {
    const label = document.createElement('label')
    label.style.cssText = 'display:block;margin-top:1rem'
    const input = document.createElement('input')
    input.style.cssText = fieldStyle
    Object.assign(input, { name, placeholder, inputMode: 'numeric', autocomplete: 'off' })
    label.append(words, input)
    return label
  })
  place.replaceChildren(note, ...labels)
}

const incomplete = {
  type: 'validation_error',
  code: 'incomplete_number',
  message: 'Your card number is incomplete.',
}
const numberIn = ({ place }) => place?.querySelector('[name="fake-card-number"]')?.value.trim()

async function call(key, method, path, params) {
  const body = new URLSearchParams(params)
  const response = await fetch(`${apiUrl}/v1/${path}${method === 'GET' ? `?${body}` : ''}`, {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(method === 'POST' && { body }),
  })
  return response.json()
}

const intentOf = (secret) => secret.slice(0, secret.indexOf('_secret_'))

function makeElements({ clientSecret }) {
  const elements = {
    secret: clientSecret,
    place: null,
    submit: async () => (numberIn(elements) ? {} : { error: incomplete }),
    create: () => ({
      mount(place) {
        elements.place = typeof place === 'string' ? document.querySelector(place) : place
        drawFields(elements.place)
      },
      on(event, listener) {
        if (event === 'ready') setTimeout(listener, 0)
      },
      unmount: () => elements.place?.replaceChildren(),
      destroy: () => elements.place?.replaceChildren(),
    }),
  }
  return elements
}

async function confirm(key, { elements, confirmParams }) {
  const number = numberIn(elements)
  if (!number) return { error: incomplete }
  const confirmed = await call(key, 'POST', `payment_intents/${intentOf(elements.secret)}/confirm`, {
    client_secret: elements.secret,
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    return_url: confirmParams?.return_url ?? '',
  }).catch(() => ({ error: { type: 'api_connection_error', message: 'The connection failed.' } }))
  if (confirmed.error) return { error: confirmed.error }
  const challenge = confirmed.next_action?.redirect_to_url?.url
  if (!challenge) return { paymentIntent: confirmed }
  window.location.href = challenge
  return new Promise(() => undefined)
}

window.Stripe = (key) => ({
  elements: makeElements,
  confirmPayment: (asked) => confirm(key, asked),
  retrievePaymentIntent: async (secret) => ({
    paymentIntent: await call(key, 'GET', `payment_intents/${intentOf(secret)}`, { client_secret: secret }),
  }),
})
