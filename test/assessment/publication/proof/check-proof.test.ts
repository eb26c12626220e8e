import { describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { checkProof, replaces, type ProofFault } from '#assessment/publication/proof/check-proof'
import { factsFromLeaves, type Leaf } from '#assessment/publication/proof/leaves'
import { proofFile, proofRoot, shortRoot, tagOf, type ProofFile } from '#assessment/publication/proof/proof'
import { leafHash, rootOf } from '#assessment/publication/proof/tree'
import { committedTo, fileOf, salts, sha256, twoCounties } from '../../../fixtures/proof.ts'

type Change = (leaf: { kind: string; key: string; value: unknown }) => unknown

/** The file with another value for the leaves that a change is for; undefined keeps one. With `forged`, tags and root are made anew. */
function altered(file: ProofFile, change: Change, forged = false): ProofFile {
  const leaves = file.leaves.map((leaf) => {
    const value = change(leaf)
    return value === undefined ? leaf : { ...leaf, value }
  })
  if (!forged) return { ...file, leaves }
  const hashes = leaves.map((leaf) => leafHash(sha256, leaf.salt, leaf))
  return {
    ...file,
    root: rootOf(sha256, hashes),
    leaves: leaves.map((leaf, at) => ({ ...leaf, tag: tagOf(hashes[at] as string) })),
  }
}
const faultsOf = (file: ProofFile): readonly ProofFault[] => checkProof(file, sha256).faults
const on =
  (kind: string, key: string, value: (was: never) => unknown): Change =>
  (leaf) =>
    leaf.kind === kind && leaf.key === key ? value(leaf.value as never) : undefined

describe('the file of a whole publication', () => {
  const file = fileOf()

  it('agrees, and shows everything', () => {
    const { faults, shows, results, grades, rule, assessed, facts } = checkProof(file, sha256)
    expect(faults).toEqual([])
    expect(shows).toBe('full-table')
    expect(facts).toBe(28)
    expect(results.map(({ unit, composite, rank }) => [unit, composite, rank])).toEqual(
      assessed?.scorecards.map(({ unit, composite, rank }) => [unit, composite, rank]),
    )
    expect(grades.map(({ grade }) => grade)).toEqual(results.map(({ grade }) => grade))
    expect(rule).toMatchObject({ asOf: '2018-02-10', year: 2017, replaces: null })
  })

  it('holds the facts as they were, with and without a year', () => {
    expect(factsFromLeaves(committedTo().leaves)).toEqual(twoCounties)
    const { year: _year, extensions: _none, ...facts } = twoCounties
    expect(factsFromLeaves(committedTo({ facts }).leaves)).toEqual({ ...facts, extensions: [] })
    expect(factsFromLeaves([])).toMatchObject({ units: [], findings: [] })
  })

  it('has one root, told by its first and last eight digits', () => {
    expect(proofRoot(sha256, salts, committedTo().leaves)).toBe(file.root)
    expect(shortRoot(file.root)).toBe(`${file.root.slice(0, 8)}…${file.root.slice(56)}`)
  })

  it('names the mark that somebody altered, its unit, and what then comes out otherwise', () => {
    const faults = faultsOf(
      altered(
        file,
        on('verified', '1', (was: object) => ({ ...was, marks: '50' })),
      ),
    )
    expect(faults[0]).toMatchObject({
      code: 'leaf-altered',
      unit: '清河县政府',
      leaf: { kind: 'verified', value: { marks: '50', window: 'H1' } },
    })
    expect(faults.slice(1)).toContainEqual({
      code: 'result',
      unit: '清河县政府',
      field: 'score',
      part: '自我考核',
      published: '90',
      computed: '70',
    })
    expect(faults).toContainEqual(
      expect.objectContaining({ unit: '清河县政府', field: 'composite', part: null }),
    )
  })

  it('names a unit that was renamed, and a leaf about no unit', () => {
    const renamed = faultsOf(
      altered(
        file,
        on('unit', 'x', (was: object) => ({ ...was, name: '市图书馆' })),
      ),
    )
    expect(renamed).toEqual([expect.objectContaining({ code: 'leaf-altered', unit: '市图书馆' })])
    const closed = faultsOf(
      altered(
        file,
        on('closed', '1', (was: object) => ({ ...was, on: '2017-07-16' })),
      ),
    )
    expect(closed).toEqual([expect.objectContaining({ code: 'leaf-altered', unit: null })])
  })

  it('does not come to its root when whoever alters a mark makes the tag anew', () => {
    const { leaves } = altered(
      file,
      on('verified', '1', (was: object) => ({ ...was, marks: '50' })),
      true,
    )
    expect(faultsOf({ ...file, leaves })[0]).toMatchObject({ code: 'root' })
    expect(faultsOf({ ...file, leaves: file.leaves.slice(1) })[0]).toEqual({ code: 'root', found: null })
    const twice = file.leaves.map((leaf) => ({ ...leaf, place: 0 }))
    expect(faultsOf({ ...file, leaves: twice })).toEqual([{ code: 'root', found: null }])
  })

  it('finds results that do not follow from the facts, even where everything was made anew around them', () => {
    const forgedWith = (change: Change) => faultsOf(altered(file, change, true))
    const first = forgedWith(
      on('result', 'c', (was: object) => ({
        ...was,
        rank: 2,
        rankedOf: 5,
        adjustment: '+1.00',
        grade: null,
      })),
    )
    expect(
      first.map((fault) => (fault.code === 'result' ? [fault.field, fault.published] : fault.code)),
    ).toEqual([
      ['adjustment', '+1.00'],
      ['grade', null],
      ['rank', '2'],
      ['rankedOf', '5'],
      ['grade', '优秀'],
    ])
    expect(
      forgedWith(
        on('result', 'c', (was: { components: object[] }) => ({
          ...was,
          components: was.components.slice(1),
        })),
      ),
    ).toEqual([
      expect.objectContaining({ field: 'score', part: '平时考核', published: null, computed: '98.5' }),
    ])
    expect(
      forgedWith(
        on('result', 'c', (was: { components: object[] }) => ({
          ...was,
          components: [...was.components, { key: 'other', name: '其他', score: '1.00', exact: '1' }],
        })),
      ),
    ).toEqual([expect.objectContaining({ field: 'score', part: '其他', published: '1', computed: null })])
    expect(
      forgedWith(on('result', 'c', (was: object) => ({ ...was, group: '县区', unit: '水务局' }))),
    ).toHaveLength(3)
  })

  it('finds a unit whose result is not there, and a result of a unit that took no part', () => {
    const moved = faultsOf(
      altered(
        file,
        on('result', 'c', (was: object) => ({ ...was, unitId: 'x' })),
        true,
      ),
    )
    expect(moved).toEqual([
      { code: 'result', unit: '市水务局', field: 'unit', part: null, published: '市水务局', computed: null },
      { code: 'result', unit: '市水务局', field: 'unit', part: null, published: null, computed: '市水务局' },
      { code: 'result', unit: '市水务局', field: 'grade', part: null, published: '优秀', computed: null },
    ])
  })

  it('says what cannot be assessed, in place of failing', () => {
    const why = (change: Change) => faultsOf(altered(file, change))
    expect(why(on('rule', 'rule', () => ({})))).toContainEqual(
      expect.objectContaining({ code: 'unassessable' }),
    )
    expect(why(on('rule', 'rule', () => null))).toContainEqual(expect.objectContaining({ why: 'no rule' }))
    expect(why(on('finding', 'f1', () => null))).toEqual([
      expect.objectContaining({ code: 'leaf-altered', unit: null }),
      expect.objectContaining({ code: 'unassessable' }),
    ])
  })
})

describe('the file of a result so far', () => {
  const options = { interim: true, asOf: '2017-09-30' }

  it('agrees, and finds another basis', () => {
    const file = fileOf(options)
    expect(faultsOf(file)).toEqual([])
    const other = altered(
      file,
      on('rule', 'rule', (was: object) => ({ ...was, interim: {} })),
      true,
    )
    expect(faultsOf(other)).toEqual([{ code: 'interim' }])
  })

  it('of one unit is compared where the unit alone has the same basis, else only in name', () => {
    expect(faultsOf(fileOf(options, 'a'))).toEqual([])
    const facts = { ...twoCounties, external: twoCounties.external.filter(({ unitId }) => unitId !== 'a') }
    // The others have their external marks, so that the part counts, and the unit is pending in it.
    const alone = fileOf({ interim: true, facts }, 'a')
    expect(checkProof(alone, sha256)).toMatchObject({ faults: [], results: [{ composite: null }] })
  })
})

describe('the file of one unit', () => {
  it('agrees, and shows its own facts and no other unit’s', () => {
    const file = fileOf({}, 'a')
    const { faults, shows, facts, assessed, results } = checkProof(file, sha256)
    expect([faults, shows]).toEqual([[], 'own-result'])
    expect(facts).toBe(file.leaves.length - 3)
    expect(results).toHaveLength(1)
    expect(assessed?.scorecards.map(({ composite }) => composite)).toEqual([results[0]?.composite])
    const kept = file.leaves.map(({ kind, key }) => `${kind} ${key}`)
    expect(kept).toEqual([
      'rule rule',
      'unit a',
      'unit a1',
      'participant a',
      'finding f1',
      'finding f5',
      'verified 1',
      'verified 2',
      'external 1',
      'closed 1',
      'extension 1',
      'submission 1',
      'result a',
      'grade a',
    ])
  })

  it('holds a finding that was moved to it, with the units that it names', () => {
    const file = fileOf({}, 'b')
    expect(faultsOf(file)).toEqual([])
    const kept = file.leaves.map(({ kind, key }) => `${kind} ${key}`)
    expect(kept.filter((leaf) => /^(unit|finding|extension)/.test(leaf))).toEqual([
      'unit a',
      'unit b',
      'unit c',
      'finding f2',
      'finding f4',
      'extension 1',
      'extension 2',
    ])
  })

  it('tells nothing of what another unit did about a finding before it was moved', () => {
    const own = fileOf({}, 'a')
    const moved = own.leaves.find(({ key }) => key === 'f5')
    expect(moved?.value).toMatchObject({
      kind: '网站安全隐患',
      severity: null,
      unitId: 'a1',
      facts: [{ type: 'decided' }, { type: 'submitted', on: '2017-07-20' }],
    })
    expect(own.leaves.some(({ kind }) => kind === 'earlier')).toBe(false)
    expect(fileOf({}, 'b').leaves.some(({ key }) => key === 'f5')).toBe(false)
    expect(fileOf().leaves.find(({ kind }) => kind === 'earlier')?.value).toMatchObject({
      kind: '专项督查',
      unitId: 'b',
      facts: [{ type: 'notified' }, { type: 'submitted' }, { type: 'appealed' }],
    })
  })

  it('shows a finding as it stood before a move that came after the day', () => {
    const before = fileOf({ asOf: '2017-06-10' }, 'b')
    expect(checkProof(before, sha256).faults).toEqual([])
    expect(before.leaves.find(({ key }) => key === 'f5')?.value).toMatchObject({ unitId: 'b' })
    expect(fileOf({ asOf: '2017-06-10' }).leaves.some(({ kind }) => kind === 'earlier')).toBe(false)
  })

  it('of a smaller part comes to the same root', () => {
    const [whole, own, grade] = [fileOf(), fileOf({}, 'a'), fileOf({}, 'a', 'own-grade')]
    expect([own.root, grade.root]).toEqual([whole.root, whole.root])
    expect(fileOf({}, 'a', 'full-table')).toEqual(whole)
  })

  it('does not compare its rank, nor a grade for which others count', () => {
    const rank = altered(
      fileOf({}, 'a'),
      on('result', 'a', (was: object) => ({ ...was, rank: 9 })),
    )
    expect(faultsOf(rank).map(({ code }) => code)).toEqual(['leaf-altered'])
    const [best, ...others] = municipal.grades
    const quotas = [
      { share: 3000 as number | null, count: null as number | null },
      { share: null, count: 1 },
    ]
    for (const quota of quotas) {
      const scheme = {
        ...municipal,
        grades: [{ ...(best as (typeof municipal.grades)[number]), ...quota }, ...others],
      }
      const own = fileOf({ scheme }, 'c')
      const grade = on('result', 'c', (was: object) => ({ ...was, grade: '不合格' }))
      expect(faultsOf(own)).toEqual([])
      expect(faultsOf(altered(own, grade)).map((fault) => fault.code)).toEqual(['leaf-altered', 'result'])
    }
  })

  it('with its grade alone holds the rule and the grade', () => {
    const file = fileOf({}, 'a', 'own-grade')
    expect(file.leaves.map(({ kind }) => kind)).toEqual(['rule', 'grade'])
    expect(checkProof(file, sha256)).toMatchObject({
      faults: [],
      shows: 'own-grade',
      assessed: null,
      facts: 0,
      grades: [{ unit: '清河县政府' }],
    })
    expect(
      faultsOf(
        altered(
          file,
          on('grade', 'a', (was: object) => ({ ...was, grade: '优秀' })),
        ),
      ),
    ).toMatchObject([{ code: 'leaf-altered' }])
  })
})

describe('marks of another unit', () => {
  /** Every mark from 0 to full marks, in hundredths, in place of another unit's, against the hashes that a file shows. */
  function guessed(file: ProofFile, target: Leaf, saltsTried: readonly string[]): string[] {
    const disclosed = new Set(file.others)
    const found: string[] = []
    for (let hundredths = 0; hundredths <= 10_000; hundredths++)
      for (const salt of saltsTried)
        for (const marks of new Set([String(hundredths / 100), (hundredths / 100).toFixed(2)])) {
          const value = { ...(target.value as object), marks }
          if (disclosed.has(leafHash(sha256, salt, { ...target, value }))) found.push(marks)
        }
    return found
  }
  /** The leaf whose hash stands by itself beside one that the unit is shown: the easiest to guess. */
  const leaves = committedTo().leaves
  const place = leaves.findIndex(({ kind, key }) => kind === 'verified' && key === '3')
  const target = leaves[place] as Leaf
  const beside = (saltOf: typeof salts) =>
    proofFile(sha256, saltOf, leaves, [place % 2 === 0 ? place + 1 : place - 1])

  it('cannot be found out from a unit’s file by trying them all', () => {
    const own = fileOf({}, 'a')
    const known = own.leaves.map(({ salt }) => salt)
    expect(guessed(beside(salts), target, ['', ...known.slice(0, 3)])).toEqual([])
    expect(guessed(own, target, ['', ...known.slice(0, 3)])).toEqual([])
  })

  it('would be found without salts', () => {
    expect(
      guessed(
        beside(() => ''),
        target,
        [''],
      ),
    ).toEqual(['91'])
  })
})

describe('a later publication', () => {
  it('tells which one it replaces, if it agrees with itself', () => {
    const old = fileOf()
    const newer = fileOf({ replaces: old.root, asOf: '2018-02-11' })
    expect(replaces(checkProof(newer, sha256), old.root)).toBe(true)
    expect(replaces(checkProof(old, sha256), newer.root)).toBe(false)
    const wrong = altered(
      newer,
      on('grade', 'a', () => ({})),
    )
    expect(replaces(checkProof(wrong, sha256), old.root)).toBe(false)
  })
})
