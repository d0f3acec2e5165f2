'use client'

/** The listeners of a window; the last one of its document. */
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
export type VisibilityEvent = 'watch' | 'pause' | 'online' | 'offline'

/** Tells of both, also on the way into and out of the back/forward cache, and the same more than once. */
export function watchVisibility(emit: (event: VisibilityEvent) => void): () => void {
  const check = () => emit(document.visibilityState === 'visible' ? 'watch' : 'pause')
  check()
  return listenToWindow({
    visibilitychange: check,
    pageshow: check,
    // An open socket would keep the page out of the back/forward cache.
    pagehide: () => emit('pause'),
    online: () => emit('online'),
    offline: () => emit('offline'),
  })
}
