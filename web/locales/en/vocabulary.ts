export const vocabulary = {
  pending: 'Pending',
  trial: 'Trial, not published',
  stage: {
    draft: 'Draft',
    open: 'Running',
    aggregating: 'Aggregating',
    published: 'Published',
    archived: 'Archived',
  },
  role: {
    office: 'Assessment office',
    agency: 'Providing or responsible unit',
    editor: 'Unit editor',
    head: 'Head of unit',
    leader: 'Leader',
    system: 'System administrator',
    security: 'Security administrator',
    audit: 'Audit administrator',
  },
  unitKind: {
    city: 'City',
    county: 'County or district',
    zone: 'Development zone',
    department: 'Municipal department',
    'county-department': 'County department',
    township: 'Township',
    section: 'Section',
    school: 'School',
    hospital: 'Hospital',
    agency: 'Agency',
  },
  /** When a problem costs its points: as a rule says it, of a kind to be chosen, and of one finding. */
  trigger: {
    rule: { 'at-once': 'lost when notified', 'if-not-rectified': 'lost if not rectified in time' },
    kind: { 'at-once': 'lost when notified', 'if-not-rectified': 'lost if not rectified in time' },
    finding: {
      'at-once': ' ({points}, lost at once)',
      'if-not-rectified': ' ({points}, lost if not rectified in time)',
    },
  },
}
