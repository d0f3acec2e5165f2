import 'server-only'

// The colours of app/globals.css, as the hex values that every mail program knows.
export const ground = '#f5f6fa'
export const raised = '#fdfdff'
export const ink = '#1f2456'
export const soft = '#4d5280'
export const line = '#cfd2e2'
export const fonts = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif'

/** By night the colours change places, where a mail program lets them. */
export const night = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ground, .ground > table > tbody > tr > td { background: #14162b !important; } .card { background: #1d2040 !important; }
  .ink { color: #eceef7 !important; } .soft { color: #b3b8d6 !important; }
  .action { background: #f2c14b !important; color: #14162b !important; }
}`

export const body = { color: ink, fontSize: '16px', lineHeight: '25px', margin: '0 0 12px' } as const
export const fine = { color: soft, fontSize: '13px', lineHeight: '19px', margin: '0' } as const
export const figures = { ...body, margin: 0, textAlign: 'right', whiteSpace: 'nowrap' } as const
