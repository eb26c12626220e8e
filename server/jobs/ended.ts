/** Why a job was ended before it answered. */
const endings = ['too-slow', 'too-much-memory'] as const
export type Ending = (typeof endings)[number]

/** Thrown for a job that was ended. */
export class JobEnded extends Error {
  readonly ending: Ending

  constructor(ending: Ending) {
    super(ending)
    this.name = 'JobEnded'
    this.ending = ending
  }
}

/** Whose jobs the queue is full of. */
export type Filling = 'everybody' | 'own'

/** Thrown where a job cannot even wait. */
export class QueueFull extends Error {
  readonly filling: Filling

  constructor(filling: Filling) {
    super(`the queue is full: ${filling}`)
    this.name = 'QueueFull'
    this.filling = filling
  }
}
