import { describe, expect, it } from 'vitest'
import { pageWith, proofText, proofTextIn, readProof } from '#assessment/publication/proof/proof-text'
import type { ProofFile } from '#assessment/publication/proof/proof'
import { fileOf } from '../../../fixtures/proof.ts'

describe('the text of a file', () => {
  it('reads back as it was, a line a leaf', () => {
    for (const file of [fileOf(), fileOf({}, 'a'), fileOf({}, 'a', 'own-grade')]) {
      const text = proofText(file)
      expect(readProof(text)).toEqual(JSON.parse(JSON.stringify(file)))
      const lines = text.split('\n')
      for (const { key, tag } of file.leaves)
        expect(
          lines.filter((line) => line.startsWith(`["${tag}"`) && line.includes(JSON.stringify(key))),
        ).toHaveLength(1)
    }
  })

  it('names the members of many alike once, and those of others in each', () => {
    const text = proofText(fileOf())
    expect(text).toContain(
      '{"kind":"verified","columns":["claimed","component","full","leaf","marks","on","unitId","window"],"rows":[',
    )
    expect(text).toContain('{"kind":"rule","rows":[')
    expect(text).toContain('{"kind":"finding","rows":[')
    expect(JSON.parse(text)).toMatchObject({ format: 1, count: 35, places: [[0, 34]], others: [] })
    expect(JSON.parse(proofText(fileOf({}, 'a', 'own-grade')))).toMatchObject({
      places: [
        [0, 0],
        [32, 32],
      ],
    })
  })

  it('stands in a page, whatever it holds, and is found there', () => {
    const [file] = [fileOf()]
    const leaf = {
      place: 0,
      tag: 't',
      salt: 's',
      kind: 'k',
      key: 'k',
      value: { what: '</script><!-- $& $1' },
    }
    const odd: ProofFile = { ...file, leaves: [leaf, { ...leaf, value: { what: undefined } }] }
    const page = '<p></p><script type="application/json" id="proof">null</script><p>'
    const html = pageWith(page, odd)
    expect(html.match(/<\/script>/g)).toHaveLength(1)
    expect(readProof(proofTextIn(html))).toMatchObject({ leaves: [{ value: leaf.value }, { value: {} }] })
    expect(proofTextIn('{}')).toBe('{}')
    expect(() => pageWith('<p></p>', odd)).toThrow('no place for a proof')
  })

  it('says why it cannot be read', () => {
    const good = JSON.parse(proofText(fileOf({}, 'a'))) as Record<string, unknown>
    const read = (change: object) => readProof(JSON.stringify({ ...good, ...change }))
    expect(readProof('<html>')).toBe('not-json')
    for (const wrong of [
      { format: 2 },
      { root: null },
      { count: '3' },
      { others: null },
      { others: [1] },
      { places: {} },
      { places: [3] },
      { places: [['a', 'b']] },
      { leaves: {} },
      { leaves: [null] },
      { leaves: [{ kind: 'a' }] },
      { leaves: [{ kind: 'a', rows: [null] }] },
    ])
      expect(read(wrong), JSON.stringify(wrong)).toBe('other-format')
    expect(readProof('null')).toBe('other-format')
  })

  it('gives leaves without a place one that no tree has, and follows no run for ever', () => {
    const good = JSON.parse(proofText(fileOf({}, 'a', 'own-grade'))) as Record<string, unknown>
    const read = readProof(JSON.stringify({ ...good, places: [] })) as ProofFile
    expect(read.leaves.map(({ place }) => place)).toEqual([-1, -1])
    const long = readProof(JSON.stringify({ ...good, places: [[0, 1e15]] })) as ProofFile
    expect(long.leaves.map(({ place }) => place)).toEqual([0, 1])
  })
})
