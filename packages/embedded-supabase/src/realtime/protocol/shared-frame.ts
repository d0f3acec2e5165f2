import { encode, type Frame, type Version } from './wire'

/** A fan-out frame: written once for each version, however many sockets it goes to. */
export class SharedFrame {
  private readonly write: (version: Version) => Frame | null
  private readonly written = new Map<Version, Frame | null>()

  constructor(write: (version: Version) => Frame | null) {
    this.write = write
  }

  static text(topic: string, event: string, payload: string): SharedFrame {
    return new SharedFrame((version) => encode(version, { joinRef: null, ref: null, topic, event, payload }))
  }

  /** Null when this version cannot carry it. */
  as(version: Version): Frame | null {
    let frame = this.written.get(version)
    if (frame === undefined) {
      frame = this.write(version)
      this.written.set(version, frame)
    }
    return frame
  }
}
