import { seededRandom } from '#assessment/seeded-random'

type Schema = { readonly [name: string]: unknown }

/** What no honest client sends, for a text. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff half',
  "'; drop table accounts; --",
  '" or 1=1',
  '%00',
  '../../etc/passwd',
  '=1+1',
  '@SUM(A1)',
  '+cmd|calc!A0',
  '\u202e倒',
  '𠮷'.repeat(300),
  'x'.repeat(20_000),
  '{{}}${1}',
  '\\u0000',
  '0001-01-01',
  '9999-12-31',
  '2018-02-30',
  '1e400',
  '-0',
  '٣',
  'NaN',
  '__proto__',
  '%_',
] as const
const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  -0.5,
  [],
  {},
  [[[[[[[[]]]]]]]],
  JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":1}}'),
  Array.from({ length: 3000 }, () => 'x'),
]
/** Samples for patterns and formats; the first that fits is taken. */
const samples = [
  '2018-02-10',
  '2018-02-10T02:00:00.000Z',
  'office',
  '85.50',
  '12',
  '123456',
  'abc-1',
  'a@example.cn',
  'https://example.cn/a',
  'A1',
]

export interface Maker {
  readonly random: () => number
  readonly pick: <T>(from: readonly T[]) => T
  /** A value by a schema: mostly right, now and then what no honest client sends. */
  readonly value: (schema: unknown, name?: string) => unknown
}

/** Makes values by the schemas of an OpenAPI document. `known` are ids and words that exist, so that requests get past the door. */
export function makerOf(
  schemas: Readonly<Record<string, Schema>>,
  seed: number,
  known: () => readonly string[],
): Maker {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const chance = (share: number): boolean => random() < share
  const of = (schema: unknown): Schema => {
    const { $ref } = (schema ?? {}) as { $ref?: string }
    return $ref === undefined ? ((schema ?? {}) as Schema) : of(schemas[$ref.split('/').at(-1) ?? ''])
  }

  function text({ pattern, format, minLength = 0, maxLength = 50 }: Schema, name: string): string {
    if (typeof pattern === 'string') {
      const expected = new RegExp(pattern, 'u')
      return samples.find((sample) => expected.test(sample)) ?? 'x'
    }
    if (format === 'email') return 'a@example.cn'
    if (format === 'uri') return 'https://example.cn/a'
    if (/id$|^(component|window|leaf|kind|key|group)/i.test(name) && chance(0.8)) return pick(known())
    const words = ['市水务局', '政务公开', '整改', 'a', '链接失效，已整改', pick(known())].join('').repeat(3)
    const length = Math.max(
      Number(minLength),
      Math.floor(random() * Math.min(Number(maxLength), words.length)),
    )
    return words.slice(0, length) || 'x'
  }

  function value(given: unknown, name = '', depth = 0): unknown {
    if (chance(0.03)) return chance(0.6) ? pick(hostileTexts) : pick(hostileValues)
    const schema = of(given)
    if ('const' in schema) return schema.const
    if (Array.isArray(schema.enum)) return pick(schema.enum)
    for (const each of ['anyOf', 'oneOf'] as const)
      if (Array.isArray(schema[each])) return value(pick(schema[each]), name, depth)
    if (Array.isArray(schema.allOf))
      return Object.assign({}, ...schema.allOf.map((part: unknown) => value(part, name, depth)))
    const { type, minimum = 0, maximum = 5000, minItems = 0, maxItems = 3, items } = schema
    const low = Number(minimum)
    const within = low + random() * Math.min(Number(maximum) - low, 5000)
    const make: Readonly<Record<string, () => unknown>> = {
      string: () => text(schema, name),
      integer: () => Math.round(within),
      number: () => within,
      boolean: () => chance(0.5),
      null: () => null,
      array: () =>
        depth > 6
          ? []
          : Array.from(
              {
                length:
                  Number(minItems) +
                  Math.floor(random() * Math.min(3, Number(maxItems) - Number(minItems) + 1)),
              },
              () => value(items, name, depth + 1),
            ),
    }
    const made = make[String(type)]
    if (made) return made()
    const required = new Set((schema.required ?? []) as string[])
    const members = Object.entries((schema.properties ?? {}) as Schema)
      .filter(([member]) => (required.has(member) ? !chance(0.02) : chance(0.6)))
      .map(([member, inner]) => [member, value(inner, member, depth + 1)])
    const more = chance(0.03) ? [[pick(hostileTexts), pick(hostileValues)]] : []
    const keyed =
      typeof schema.additionalProperties === 'object' && depth < 6
        ? [[pick(known()), value(schema.additionalProperties, name, depth + 1)]]
        : []
    return Object.fromEntries([...members, ...keyed, ...more])
  }
  return { random, pick, value: (schema, name) => value(schema, name) }
}
