import localFont from 'next/font/local'

/** Kalnia by Frida Medrano (OFL): the shop's voice, in titles. */
export const display = localFont({
  src: '../../node_modules/@fontsource-variable/kalnia/files/kalnia-latin-wght-normal.woff2',
  weight: '100 700',
  variable: '--font-kalnia',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
})

/** Host Grotesk by Doukan Karataş and Emilio Macchia (OFL): everything one reads or clicks. */
export const text = localFont({
  src: '../../node_modules/@fontsource-variable/host-grotesk/files/host-grotesk-latin-wght-normal.woff2',
  weight: '300 800',
  variable: '--font-host-grotesk',
  display: 'swap',
})
