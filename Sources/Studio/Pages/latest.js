// Requests that follow a hand: at most one under way, and of those that wait only the latest is kept.

/** Wraps an asynchronous action so that it never runs twice at once and always ends with the latest argument. */
export class Latest {
  constructor(action, failed) {
    this.action = action;
    this.failed = failed;
  }

  /** Asks for the action with this argument, now or when the one under way is done. */
  async ask(argument) {
    this.next = { argument };
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.next) {
        const { argument: current } = this.next;
        this.next = undefined;
        try {
          await this.action(current);
        } catch (error) {
          this.failed(error);
        }
      }
    } finally {
      this.isBusy = false;
    }
  }
}
