/** The editor's workers come from the gateway, like everything else on the page. */
const WORKERS: Record<string, string> = {
  json: '/explorer/json.worker.js',
  graphql: '/explorer/graphql.worker.js',
};

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) => new Worker(WORKERS[label] ?? '/explorer/editor.worker.js'),
  },
});
