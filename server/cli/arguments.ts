import { parseArgs, type ParseArgsConfig } from 'node:util'

/** How the commands end (contract: commands): 1 = a file cannot be read or written, 2 = wrong usage. */
export const exit = { done: 0, wrongInput: 1, wrongUsage: 2 } as const

/** Options and positional arguments of a command, or why they cannot be understood. */
export function argumentsOf<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
