import { checksum } from '../client/checksum.ts';
import type { Connection } from '../client/connection.ts';
import { putArchive } from '../client/upload.ts';
import { createArchiveUpload } from '../operations/archive.ts';
import type { ImportFile } from './files.ts';

/** Told how many bytes are read for the checksum, or sent. */
export type OnBytes = (stage: 'READING' | 'UPLOADING', done: number, total: number) => void;

/** Gets files to the platform and never sends the same bytes twice: not those it holds, nor those that are on their way. */
export class Uploader {
  readonly #underWay = new Map<string, Promise<unknown>>();

  /** Id of the archive that holds the file's bytes, all of them stored. */
  async upload(connection: Connection, file: ImportFile, onBytes: OnBytes): Promise<string> {
    const { sha256, byteSize } = await checksum(
      file.path,
      (read) => onBytes('READING', read, file.byteSize),
      connection.signal,
    );
    // How another file with the same bytes fares is its own affair: this one is announced afterwards in any case.
    await this.#underWay.get(sha256)?.catch(() => undefined);
    const sending = this.#send(connection, file, { sha256, byteSize }, onBytes);
    this.#underWay.set(sha256, sending);
    return sending.finally(() => {
      if (this.#underWay.get(sha256) === sending) this.#underWay.delete(sha256);
    });
  }

  async #send(
    connection: Connection,
    file: ImportFile,
    { sha256, byteSize }: { sha256: string; byteSize: number },
    onBytes: OnBytes,
  ): Promise<string> {
    const { archiveId, uploadUrl } = await createArchiveUpload(connection, { fileName: file.name, byteSize, sha256 });
    if (uploadUrl !== null) {
      const onSent = (sent: number) => onBytes('UPLOADING', sent, byteSize);
      await putArchive(connection, uploadUrl, { path: file.path, byteSize, onBytes: onSent });
    }
    return archiveId;
  }
}
