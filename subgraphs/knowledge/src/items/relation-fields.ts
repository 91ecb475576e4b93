/** How a field of the served schema is read from the library's one. */
interface RelationField {
  connection: string;
  /** Property of the relation that puts the strongest first. */
  rank: string;
  /** Two items may be related in both directions; then a symmetric field finds the other one twice. */
  symmetric: boolean;
}

export const RELATION_FIELDS = {
  dependsOn: { connection: 'dependsOnConnection', rank: 'strength', symmetric: false },
  dependents: { connection: 'dependentsConnection', rank: 'strength', symmetric: false },
  evolvesTo: { connection: 'evolvesToConnection', rank: 'similarity_score', symmetric: false },
  evolvedFrom: { connection: 'evolvedFromConnection', rank: 'similarity_score', symmetric: false },
  relatesTo: { connection: 'relatesToConnection', rank: 'relevance_score', symmetric: true },
} as const satisfies Record<string, RelationField>;

export type RelationFieldName = keyof typeof RELATION_FIELDS;

export function isRelationField(name: string): name is RelationFieldName {
  return Object.hasOwn(RELATION_FIELDS, name);
}
