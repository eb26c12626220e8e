interface Waiting {
  readonly person: string
  /** The how manieth of the person's it was when it came: everybody's first goes before anybody's second. */
  readonly round: number
  readonly start: () => void
}

/** Does work for somebody once it is their turn. */
type InTurn = <Result>(person: string, work: () => Promise<Result>) => Promise<Result>

/** Runs work of one kind, so many at a time; the rest waits, so that nobody who comes often keeps others from coming once. */
export function inTurn(atOnce: number): InTurn {
  const waiting: Waiting[] = []
  let running = 0

  const ofPerson = (person: string): number => waiting.filter((one) => one.person === person).length
  const enter = (person: string): Promise<void> =>
    new Promise((start) => {
      const round = ofPerson(person)
      const after = waiting.findIndex((one) => one.round > round)
      waiting.splice(after < 0 ? waiting.length : after, 0, { person, round, start })
    })

  return async (person, work) => {
    if (running === atOnce) await enter(person)
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next.start()
      else running--
    }
  }
}
