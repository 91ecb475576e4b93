import { readFileSync } from 'node:fs';
import { type CatalogueData, createCatalogue } from './catalogue.ts';
import { buildSubgraphs } from './schemas.ts';
import { createSubgraphServer } from './server.ts';

/* node bench/gateway/subgraphs/main.ts DATA.json PORT */
const [file = '', port = ''] = process.argv.slice(2);
const catalogue = createCatalogue(JSON.parse(readFileSync(file, 'utf8')) as CatalogueData);
createSubgraphServer(buildSubgraphs(catalogue)).listen(Number(port), '127.0.0.1');
