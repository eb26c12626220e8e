import { readFileSync } from 'node:fs'
import { checkProof, type CheckedProof, type ProofFault } from '#assessment/publication/proof/check-proof'
import { shortRoot } from '#assessment/publication/proof/proof'
import { proofTextIn, readProof } from '#assessment/publication/proof/proof-text'
import { sha256 } from '../../db/frozen-facts.ts'

const of = (unit: string | null): string => (unit === null ? '' : ` of ${unit}`)

function faultLine(fault: ProofFault): string {
  switch (fault.code) {
    case 'leaf-altered': {
      const { leaf, unit } = fault
      return `${leaf.kind} ${leaf.key}${of(unit)} was altered: ${JSON.stringify(leaf.value)}`
    }
    case 'root':
      return 'what it holds does not come to the root that it states'
    case 'interim':
      return 'the result so far is made up of other parts than was published'
    case 'unassessable':
      return `its facts cannot be assessed: ${fault.why}`
    case 'result': {
      const { unit, field, part, published, computed } = fault
      const figure = part === null ? field : `${field} of ${part}`
      return `${unit}: ${figure} was published as ${published ?? 'none'}, the facts come to ${computed ?? 'none'}`
    }
  }
}

function agreement({ shows, facts, results, grades }: CheckedProof): string {
  const unit = grades[0]?.unit ?? ''
  switch (shows) {
    case 'full-table':
      return `agrees: ${results.length} units come out of the rule and ${facts} facts as published`
    case 'own-result':
      return `agrees: the scores of ${unit} come out of its facts as published; its rank is as committed and cannot be recomputed from this file`
    case 'own-grade':
      return `agrees: the grade of ${unit} belongs to this publication; its scores are not in this file`
  }
}

/** What a file of open proof says of itself, and what does not agree, one line each. Throws an Error for a file that is none. */
export function verifyProof(path: string): {
  readonly lines: readonly string[]
  readonly faults: readonly string[]
} {
  const file = readProof(proofTextIn(readFileSync(path, 'utf8')))
  if (file === 'not-json') throw new Error(`${path} holds nothing that can be read; download it again`)
  if (file === 'other-format') throw new Error(`${path} is no open proof, or one made by a later release`)
  const checked = checkProof(file, sha256)
  const { assessment, asOf } = checked.rule ?? {}
  return {
    lines: [
      `proof: ${assessment?.unit ?? ''} ${assessment?.name ?? ''}, as of ${asOf ?? '?'}`,
      `root: ${shortRoot(checked.root)}, to be compared with the one on the circular (${checked.root})`,
      ...(checked.faults.length === 0 ? [agreement(checked)] : []),
    ],
    faults: checked.faults.map(faultLine),
  }
}
