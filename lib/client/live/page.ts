'use client'

/** Whether a person can see this page, and whether the browser has a network. */
export interface Attention {
  readonly visible: boolean
  readonly online: boolean
}

/** Reports attention whenever it may have changed, also on the way into and out of the back/forward cache. */
export function watchPage(report: (attention: Attention) => void): () => void {
  const listening = new AbortController()
  const { signal } = listening
  const tell = () => report({ visible: document.visibilityState === 'visible', online: navigator.onLine })
  document.addEventListener('visibilitychange', tell, { signal })
  window.addEventListener('pageshow', tell, { signal })
  window.addEventListener('online', tell, { signal })
  window.addEventListener('offline', tell, { signal })
  // An open socket would keep the page out of the back/forward cache.
  window.addEventListener('pagehide', () => report({ visible: false, online: navigator.onLine }), { signal })
  tell()
  return () => listening.abort()
}
