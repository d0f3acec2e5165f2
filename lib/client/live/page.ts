'use client'

/** What a window hears; the last one of its document. */
type Events = WindowEventMap & Pick<DocumentEventMap, 'visibilitychange'>

/** Listens to the window until the returned function is called; `capture` to hear of it before what is inside does. */
export function listenToWindow(
  listeners: { readonly [Type in keyof Events]?: (event: Events[Type]) => void },
  capture = false,
): () => void {
  const listening = new AbortController()
  for (const [type, listener] of Object.entries(listeners)) {
    window.addEventListener(type, listener as EventListener, { capture, signal: listening.signal })
  }
  return () => listening.abort()
}

/** Whether a person can see the page, and whether the browser has a network. */
export type PageEvent = 'watch' | 'pause' | 'online' | 'offline'

/** Tells of both, also on the way into and out of the back/forward cache, and the same more than once. */
export function watchPage(tell: (event: PageEvent) => void): () => void {
  const look = () => tell(document.visibilityState === 'visible' ? 'watch' : 'pause')
  look()
  return listenToWindow({
    visibilitychange: look,
    pageshow: look,
    // An open socket would keep the page out of the back/forward cache.
    pagehide: () => tell('pause'),
    online: () => tell('online'),
    offline: () => tell('offline'),
  })
}
