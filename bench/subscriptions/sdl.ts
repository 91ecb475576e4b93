export const TICKS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { ready: Boolean }
  type Subscription { tick: Tick! }
  type Tick { at: Float! sequence: Int! text: String! item: Item! }
  type Item @key(fields: "id", resolvable: false) { id: ID! }
`;

export const ITEMS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { items: Int }
  type Item @key(fields: "id") { id: ID! name: String! }
`;
