// States that can be gone back and forth through.

/** A line of states with a place in it. */
export class History {
  constructor(changed) {
    this.changed = changed;
    this.states = [];
    this.place = -1;
  }

  /** Adds a state after the present one; what was undone before is dropped. */
  push(state) {
    if (this.place >= 0 && JSON.stringify(this.states[this.place]) === JSON.stringify(state)) return;
    this.states = [...this.states.slice(0, this.place + 1), state].slice(-200);
    this.place = this.states.length - 1;
    this.changed();
  }

  get canUndo() { return this.place > 0; }
  get canRedo() { return this.place < this.states.length - 1; }

  /** The state before, or undefined. */
  undo() { return this.step(-1); }

  /** The state after, or undefined. */
  redo() { return this.step(1); }

  step(way) {
    if (!(way < 0 ? this.canUndo : this.canRedo)) return undefined;
    this.place += way;
    this.changed();
    return this.states[this.place];
  }
}
