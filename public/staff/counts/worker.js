// The pages of counts where there is no network: as lib/client/offline/page-copy.ts has kept them on this device. The network
// comes first; what is kept is shown when it fails, or hangs. A copy says on its face that it is one, and since when.

/** How long, in milliseconds, the network is waited for where there is a copy, and how old a copy may be. */
const patience = 10_000
const life = 12 * 60 * 60 * 1_000

addEventListener('install', () => skipWaiting())

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/_next/static/')) event.respondWith(file(request))
})

async function page(request) {
  const fromShop = fetch(request).then(forgetIfLedAway)
  const copy = await copyOf(request)
  if (!copy) return fromShop
  const tooLong = new Promise((resolve) => setTimeout(resolve, patience, copy))
  return Promise.race([fromShop, tooLong]).catch(() => copy)
}

/** Being led elsewhere is being signed out, or having lost the right to look: then nothing is left to look at. */
async function forgetIfLedAway(answer) {
  if (answer.type === 'opaqueredirect') await forget()
  return answer
}

async function copyOf(request) {
  const copy = await caches.match(request, { ignoreSearch: true, ignoreVary: true })
  const age = Date.now() - Number(copy?.headers.get('x-copied-at'))
  return age < life ? copy : undefined
}

/** A file's name changes with what is in it, so the one that is kept is the one that is meant. */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}

async function forget() {
  for (const name of await caches.keys()) await caches.delete(name)
}
