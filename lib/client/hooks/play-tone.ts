const TONES = { accepted: [880, 80], refused: [220, 250] } as const

let audio: AudioContext | undefined

/**
 * Plays a short tone for a staff member who looks at a shelf and not at the screen. Silent where the browser has no sound or does
 * not allow it yet.
 */
export function playTone(tone: keyof typeof TONES): void {
  if (typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  if (audio.state === 'suspended') void audio.resume().catch(() => undefined)
  const [frequency, ms] = TONES[tone]
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  volume.gain.value = 0.1
  oscillator.frequency.value = frequency
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start()
  oscillator.stop(audio.currentTime + ms / 1000)
}
