import type { TreeNode } from '../../conversation/tree-node.ts';

/**
 * Prompts that were typed while the agent worked and taken from the queue. Most versions write such a prompt again, as
 * the message it became; where none does, the queue's line is all there is of it.
 */
export class QueuedPrompts {
  readonly #waiting: TreeNode[] = [];
  readonly #said = new Set<string>();

  /** Takes note of a message, which may be one that was queued. */
  hear({ message }: TreeNode): void {
    if (message?.role === 'USER') this.#said.add(message.text.trim());
  }

  add(node: TreeNode): void {
    this.#waiting.push(node);
  }

  /** The prompts that no message repeats; the lines of the others are handed to `onCopy`. */
  settle(onCopy: (raw: string) => void): TreeNode[] {
    return this.#waiting.filter(({ message }) => {
      if (message === null || !this.#said.has(message.text.trim())) return true;
      onCopy(message.raw);
      return false;
    });
  }
}
