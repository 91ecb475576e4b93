import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

interface PrismaColumn {
  table: string;
  column: string;
  /** As PostgreSQL's `format_type` names it. */
  type: string;
  nullable: boolean;
}

const NATIVE: Record<string, (argument: string) => string> = {
  Uuid: () => 'uuid',
  VarChar: (size) => `character varying(${size})`,
  Char: (size) => `character(${size})`,
  Timestamptz: (digits) => `timestamp(${digits}) with time zone`,
  SmallInt: () => 'smallint',
  Decimal: (size) => `numeric(${size.replace(' ', '')})`,
  Json: () => 'json',
};
const SCALAR: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Boolean: 'boolean',
  Json: 'jsonb',
};

/** The columns that schema.prisma claims to exist. */
function prismaColumns(schema: string): PrismaColumn[] {
  const enums = new Map(
    [...schema.matchAll(/^enum (\w+) \{[^}]*@@map\("(\w+)"\)/gm)].map(([, name, mapped]) => [name, mapped]),
  );
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)\n\}/gm)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
    return [...body.matchAll(/^ {2}(\w+) +(\w+)(\[\])?(\?)?(.*)$/gm)].map(([, field, type, list, optional, rest]) => {
      const native = /@db\.(\w+)(?:\(([^)]*)\))?/.exec(rest ?? '');
      const named = native ? NATIVE[native[1] ?? '']?.(native[2] ?? '') : SCALAR[type ?? ''];
      const base = enums.has(type) ? `intelligence.${enums.get(type)}` : named;
      return {
        table,
        column: /@map\("(\w+)"\)/.exec((rest ?? '').replace('@@', ''))?.[1] ?? field ?? '',
        type: `${base}${list ?? ''}`,
        nullable: optional === '?',
      };
    });
  });
}

describe('the database and schema.prisma', () => {
  test('every column that Prisma names exists with the type it expects', async () => {
    const schema = await readFile(join(import.meta.dirname, '../../../../prisma/schema.prisma'), 'utf8');
    const claimed = prismaColumns(schema);
    expect(claimed.length).toBeGreaterThan(100);
    const { rows } = await asOwner(database.ownerUrl, (client) =>
      client.query<PrismaColumn>(
        `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = 'intelligence'::regnamespace AND c.relkind = 'r'`,
      ),
    );
    const real = new Map(rows.map((row) => [`${row.table}.${row.column}`, row]));
    expect(claimed.map((column) => real.get(`${column.table}.${column.column}`) ?? 'absent')).toEqual(claimed);
  });

  test('row-level security is on and forced on every tenant table, and every policy names the tenant', async () => {
    const { rows } = await asOwner(database.ownerUrl, (client) =>
      client.query<{ table: string; forced: boolean; policies: string[] }>(
        `SELECT c.relname AS table, c.relrowsecurity AND c.relforcerowsecurity AS forced,
           array(SELECT p.qual || ' / ' || p.with_check FROM pg_policies p WHERE p.schemaname = 'intelligence' AND p.tablename = c.relname) AS policies
         FROM pg_class c WHERE c.relnamespace = 'intelligence'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
      ),
    );
    const open = rows.filter(({ forced }) => !forced).map(({ table }) => table);
    expect(open).toEqual(['embedding_versions', 'platforms', 'worker_heartbeats']);
    const guarded = rows.filter(({ forced }) => forced);
    expect(guarded.length).toBeGreaterThan(15);
    for (const { policies } of guarded) {
      expect(policies).toHaveLength(1);
      expect(policies[0]?.match(/current_tenant\(\)/g)).toHaveLength(2);
    }
  });

  test('every key and foreign key of a tenant table begins with the tenant', async () => {
    const { rows } = await asOwner(database.ownerUrl, (client) =>
      client.query<{ on: string; def: string }>(
        `SELECT conrelid::regclass::text AS on, pg_get_constraintdef(oid) AS def FROM pg_constraint
         WHERE connamespace = 'intelligence'::regnamespace AND contype IN ('p', 'f')
           AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = conrelid AND a.attname = 'tenant_id')`,
      ),
    );
    const shared = /REFERENCES intelligence\.(tenants|platforms|embedding_versions)\(/;
    const plain = rows.filter(({ def }) => !/KEY \(tenant_id/.test(def) && !shared.test(def));
    expect(plain).toEqual([]);
  });

  test('the application role owns nothing and cannot look past row-level security', async () => {
    const { pool } = database.open();
    const { rows } = await pool.query(
      `SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
         EXISTS (SELECT FROM pg_class c WHERE pg_has_role(r.oid, c.relowner, 'MEMBER') AND c.relnamespace = 'intelligence'::regnamespace) AS owns
       FROM pg_roles r WHERE r.rolname = current_user`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owns: false },
    ]);
  });
});
