'use client'

// The members of Stripe.js that the payment page uses. It has to be loaded from Stripe, never bundled.

interface StripeError {
  message?: string
}

interface PaymentElement {
  mount: (place: HTMLElement) => void
  on: (event: 'ready' | 'loaderror', listener: () => void) => void
  destroy: () => void
}

export interface StripeElements {
  create: (type: 'payment') => PaymentElement
  submit: () => Promise<{ error?: StripeError }>
}

export interface StripeBrowser {
  elements: (options: { clientSecret: string; appearance?: object }) => StripeElements
  confirmPayment: (options: {
    elements: StripeElements
    confirmParams: { return_url: string }
    redirect: 'if_required'
  }) => Promise<{ error?: StripeError }>
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => StripeBrowser
  }
}

let loading: Promise<void> | null = null

/** Loads Stripe's script once. Rejects when it cannot be loaded; the next call tries again. */
export async function loadStripe(scriptUrl: string, publishableKey: string): Promise<StripeBrowser> {
  loading ??= load(scriptUrl).catch((cause: unknown) => {
    loading = null
    throw cause
  })
  await loading
  if (!window.Stripe) throw new Error('The script of Stripe did not start.')
  return window.Stripe(publishableKey)
}

function load(scriptUrl: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = scriptUrl
    script.onload = () => resolve()
    script.onerror = () => {
      script.remove()
      reject(new Error('The script of Stripe could not be loaded.'))
    }
    document.head.append(script)
  })
}
