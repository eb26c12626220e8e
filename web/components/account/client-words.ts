/** The order matters: Edge and others also call themselves Chrome, and Chrome Safari. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|Chromium|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[^ ]* .*Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** A program as people call it, `Chrome 120, Windows`, from what it says of itself (User-Agent); null when nobody can say. */
export function clientWords(client: string): string | null {
  const program = programs
    .map(([pattern, name]) => [name, pattern.exec(client)?.[1]])
    .find(([, version]) => version !== undefined)
  const system = systems.find(([pattern]) => pattern.test(client))?.[1]
  const words = [program?.join(' '), system].filter((word) => word !== undefined)
  return words.length === 0 ? client.trim().split(' ')[0] || null : words.join(', ')
}
