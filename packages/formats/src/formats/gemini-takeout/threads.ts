/** Silence after which a record without a link begins another conversation, in seconds. */
export const GAP_SECONDS = 30 * 60;

/** What is remembered of each activity until the conversations are known: some dozens of bytes. */
export interface ActivityMark {
  /** Milliseconds since 1970; null when the record is not dated. */
  time: number | null;
  /** Conversations the record links to. */
  links: readonly string[];
  /** Bytes of the record. */
  size: number;
}

/** The activities of one conversation, oldest first. */
export interface Thread {
  /** The id of the conversation on its platform; null when the thread was inferred from the times. */
  link: string | null;
  /** Positions among the activities of the export. */
  members: number[];
  /** Bytes of all records. */
  size: number;
}

/**
 * Sorts the activities of an export into conversations: by their links, or, without one, by gaps of more than 30 minutes.
 * Activities are told in the order of the file, newest first; of two with equal time the later in the file is the older.
 */
export class ThreadPlanner {
  readonly #times: number[] = [];
  readonly #sizes: number[] = [];
  readonly #linked = new Map<string, number[]>();
  readonly #unlinked: number[] = [];

  add({ time, links, size }: ActivityMark): void {
    const position = this.#times.length;
    this.#times.push(time ?? Number.NaN);
    this.#sizes.push(size);
    if (links.length === 0) this.#unlinked.push(position);
    for (const link of links) {
      const members = this.#linked.get(link);
      if (members) members.push(position);
      else this.#linked.set(link, [position]);
    }
  }

  /** The conversations, in the order in which they began. */
  finish(): Thread[] {
    this.#fillTimes();
    const order = (a: number, b: number) => this.#timeOf(a) - this.#timeOf(b) || b - a;
    const threads: Thread[] = [];
    for (const [link, members] of this.#linked) threads.push(this.#thread(link, members.sort(order)));
    let current: number[] = [];
    for (const position of this.#unlinked.sort(order)) {
      const last = current.at(-1);
      if (last !== undefined && this.#seconds(position) - this.#seconds(last) > GAP_SECONDS) {
        threads.push(this.#thread(null, current));
        current = [];
      }
      current.push(position);
    }
    if (current.length > 0) threads.push(this.#thread(null, current));
    return threads.sort((a, b) => order(a.members[0] ?? 0, b.members[0] ?? 0));
  }

  #thread(link: string | null, members: number[]): Thread {
    return { link, members, size: members.reduce((sum, position) => sum + (this.#sizes[position] ?? 0), 0) };
  }

  /** An activity without a time is as old as its neighbour in the file, the newer one when there are two. */
  #fillTimes(): void {
    const times = this.#times;
    let known = times.find((time) => !Number.isNaN(time)) ?? 0;
    for (const [position, time] of times.entries()) {
      if (Number.isNaN(time)) times[position] = known;
      else known = time;
    }
  }

  #timeOf(position: number): number {
    return this.#times[position] ?? 0;
  }

  #seconds(position: number): number {
    return Math.floor(this.#timeOf(position) / 1000);
  }
}
