import 'graphiql/style.css';
import './page.css';
import './workers.ts';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { createFetcher } from './fetcher.ts';
import { readSettings } from './settings.ts';

const { token } = readSettings();
const headers = token === null ? '' : JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2);
const root = document.getElementById('explorer');
if (root) {
  createRoot(root).render(
    <GraphiQL
      fetcher={createFetcher()}
      initialHeaders={headers}
      defaultHeaders={headers}
      defaultQuery={'# Queries, mutations and subscriptions run here.\n'}
      isHeadersEditorEnabled
    />,
  );
}
