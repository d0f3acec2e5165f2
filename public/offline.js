// What a shopper sees when a link is followed without a network: a page of the shop instead of the browser's. It needs no
// cache, so it is never old. Staff pages have copies of their own (public/staff/counts/worker.js).

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>You are offline</title>
<style>
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1.25rem }
  h1 { font-size: 2rem; line-height: 1.2; font-weight: 500 }
  a { display: inline-block; padding: .75rem 0; color: inherit }
</style>
<main>
  <h1>You are offline</h1>
  <p>This page can’t be loaded now. Anything in your cart is saved, and stays reserved until its time runs out.</p>
  <p role="status">The page loads when you are online again.</p>
  <p><a href="">Try again</a></p>
</main>
<script>addEventListener('online', () => location.reload())</script>
</html>`

addEventListener('install', () => skipWaiting())

// The page is asked for while this worker starts.
addEventListener('activate', (event) => event.waitUntil(registration.navigationPreload?.enable()))

addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname } = new URL(request.url)
  if (request.mode !== 'navigate' || request.method !== 'GET' || pathname.startsWith('/staff')) return
  event.respondWith(fromShop(event).catch(offline))
})

async function fromShop({ request, preloadResponse }) {
  return (await preloadResponse) ?? fetch(request)
}

function offline() {
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
}
