/** All that this subgraph knows of an item or a message; the archive has the rest. */
export interface EntityReference {
  readonly __typename: 'IntelligenceItem' | 'Message';
  readonly id: string;
}
